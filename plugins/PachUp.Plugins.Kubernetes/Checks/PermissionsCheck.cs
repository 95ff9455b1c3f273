using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>Finds missing permissions before the run, not in the middle of it.</summary>
internal sealed class PermissionsCheck : ICheck
{
    public string Name => "kubernetes-permissions";

    public string Question => "Does PachUp have the Kubernetes permissions that the plan needs?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Between undeploying and deploying, the cluster is down. If a permission is missing then, it stays down until someone grants the permission.",
        WhenPassed = "The user of the kubeconfig has every permission that the steps of a plan need.",
        WhenWarned = "Port forwards are not allowed. PachUp uses the given address of pachd, and reads files instead of comparing objects if the "
            + "public port does not serve objects. To compare objects and tags, grant \"create pods/portforward\".",
        WhenRefused = "Permissions are missing. Grant them with the role in rbac.yaml of the plugin PachUp.Plugins.Kubernetes, then plan again.",
    };

    public bool IsAbout(PlanPurpose purpose) => true;

    public bool IsAboutThisMachine => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var clusters = new[] { context.Source, context.Target }.Where(cluster => cluster.Platform.Name == ClusterSettings.Platform).DistinctBy(cluster => cluster.Name).ToList();
        var missing = new List<string>();
        var closed = new List<string>();
        foreach (var cluster in clusters)
        {
            var api = await KubeConnection.OpenAsync(cluster, cancellationToken);
            closed.AddRange(await Permissions.MayForwardAsync(api, cancellationToken) ? [] : new[] { $"create pods/portforward in namespace \"{api.Namespace}\"" });
            missing.AddRange(await Permissions.MissingAsync(api, Permissions.Of(ClusterSettings.Of(cluster)), cancellationToken));
        }

        return (clusters.Count, missing.Count) switch
        {
            (0, _) => CheckResult.Passed("No cluster of the plan is on the platform kubernetes"),
            (_, 0) when closed.Count > 0 => CheckResult.Warning(
                "the user of the kubeconfig may not create port forwards, so objects that the public port does not serve cannot be listed",
                "Grant the missing permission, or give the peer port with --source-peer or --target-peer.",
                closed.Distinct()),
            (_, 0) => CheckResult.Passed("The user of the kubeconfig has every needed permission"),
            _ => CheckResult.Refused(
                "permissions of the kubeconfig's user are missing", "Grant them, or use another context with --kube-context.", missing.Concat(closed).Distinct()),
        };
    }
}
