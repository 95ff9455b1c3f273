using System.Collections.Immutable;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>
/// The permissions that are needed to start a Job: to create the Job, and all permissions of the Job itself, because a user cannot grant permissions
/// that he does not have.
/// </summary>
internal static class JobPermissions
{
    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> OfStarter =
        Permissions.ByKind.Add("Job", ["get", "list", "create", "delete"]);

    /// <exception cref="StepFailedException">Permissions are missing; the message names all of them.</exception>
    public static async Task RequireAsync(JobPlace place, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var api in place.All)
        {
            missing.AddRange(await Permissions.MissingAsync(api, api == place.Home ? OfStarter : Permissions.ByKind, cancellationToken));
            missing.AddRange(await Permissions.MissingForForwardsAsync(api, cancellationToken));
            missing.AddRange(await Permissions.MissingForLogsAsync(api, cancellationToken) is { } log ? [log] : []);
        }

        if (missing.Count > 0)
        {
            throw StepFailedException.Refused(
                $"the user of the kubeconfig cannot start the job, because these permissions are missing: {string.Join(", ", missing.Distinct())}",
                "Grant them (rbac.yaml of the plugin PachUp.Plugins.Kubernetes has the roles), or use another context with --kube-context.");
        }
    }
}
