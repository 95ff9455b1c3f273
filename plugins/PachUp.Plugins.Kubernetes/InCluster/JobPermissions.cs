using System.Collections.Immutable;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>
/// What whoever starts a Job has to be allowed to do: to make the Job, and all that the Job may do, since nobody can give permissions that they do
/// not have.
/// </summary>
internal static class JobPermissions
{
    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> OfStarter =
        Permissions.ByKind.Add("Job", ["get", "list", "create", "delete"]);

    /// <exception cref="StepFailedException">Some of it is not allowed; the message names all of it.</exception>
    public static async Task RequireAsync(JobPlace place, CancellationToken cancellationToken)
    {
        var missing = new List<string>(await Permissions.MissingAsync(place.Home, OfStarter, cancellationToken));
        foreach (var other in place.Others)
        {
            missing.AddRange(await Permissions.MissingAsync(other, Permissions.ByKind, cancellationToken));
        }

        if (!await place.Home.IsAllowedAsync("get", place.Home.Catalogue.Get("Pod"), cancellationToken, "log"))
        {
            missing.Add($"get pods/log in namespace \"{place.Home.Namespace}\"");
        }

        if (missing.Count > 0)
        {
            throw StepFailedException.Refused(
                $"the user of the kubeconfig may not start the job: it may not {string.Join(", ", missing.Distinct())}",
                "Grant it (rbac.yaml of the plugin PachUp.Plugins.Kubernetes has the roles), or use another context with --kube-context.");
        }
    }
}
