using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Settings;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Checks;

/// <summary>A permission that is missing is found out before the run, and not in the middle of it.</summary>
internal sealed class PermissionsCheck : ICheck
{
    public string Name => "kubernetes-permissions";

    public string Question => "May PachUp do in Kubernetes what the plan needs?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Between undeploying and deploying the cluster is down. A permission that is missing then leaves it down until somebody grants it.",
        WhenPassed = "The user of the kubeconfig may do everything that the steps of a plan do.",
        WhenWarned = "Port forwards are not allowed: pachd is reached at the address that is given, and where its public port keeps objects closed, files are "
            + "read in their place. Grant \"create pods/portforward\" to have objects and tags compared.",
        WhenRefused = "Some of it is not allowed. Grant it with the role that the page of the plugin shows, and plan again.",
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
                "the user of the kubeconfig may not lead to ports of pods, so objects that the public port keeps closed cannot be listed",
                "Grant what is missing, or give the peer port with --source-peer or --target-peer.",
                closed.Distinct()),
            (_, 0) => CheckResult.Passed("The user of the kubeconfig may do everything that is needed"),
            _ => CheckResult.Refused(
                "the user of the kubeconfig may not do everything that is needed", "Grant what is missing, or use another context with --kube-context.", missing.Concat(closed).Distinct()),
        };
    }
}
