using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Deploying;
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
        WhenWarned = "A permission for port forwards is missing: \"get pods/portforward\" is always needed, \"create\" from Kubernetes 1.35 on. Without them, "
            + "PachUp uses the given address of pachd, and reads files instead of comparing objects if the public port does not serve objects. To compare "
            + "objects and tags, grant both. Or \"get pods/log\" is missing: without it, PachUp does not show the logs of pods that do not start.",
        WhenRefused = "Permissions are missing. Grant them with the roles in rbac.yaml of the plugin PachUp.Plugins.Kubernetes, then plan again. To "
            + "deploy Pachyderm, you also need every permission of Pachyderm's own roles (the last role there), because Kubernetes lets users grant only "
            + "permissions that they have.",
    };

    public bool IsAbout(PlanPurpose purpose) => true;

    public bool IsAboutThisMachine => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await AskServerAsync(context, cancellationToken);
        }
        catch (KubeException e)
        {
            throw new StepFailedException($"Kubernetes: {e.Message}", "Check the connection to the API server, then try again.", e);
        }
    }

    private static async Task<CheckResult> AskServerAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var clusters = new[] { context.Source, context.Target }.Where(cluster => cluster.Platform.Name == ClusterSettings.Platform).DistinctBy(cluster => cluster.Name).ToList();
        var isBeside = clusters.Count > 1 && Placement.AreApart(context.Source, context.Target);
        var missing = new List<string>();
        var closed = new List<string>();
        var silent = new List<string>();
        foreach (var cluster in clusters)
        {
            var api = await KubeConnection.OpenAsync(cluster, cancellationToken);
            closed.AddRange(await Permissions.MissingForForwardsAsync(api, cancellationToken));
            silent.AddRange(await Permissions.MissingForLogsAsync(api, cancellationToken) is { } log ? [log] : []);
            missing.AddRange(await Permissions.MissingAsync(api, Permissions.Of(ClusterSettings.Of(cluster), isBeside), cancellationToken));
        }

        // Roles cannot be read without permissions, and then these are named first.
        if (missing.Count == 0 && clusters.Count > 0 && context.Purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Upgrade)
        {
            missing.AddRange(await GrantPermissions.MissingAsync(context, cancellationToken));
        }

        return (clusters.Count, missing.Count) switch
        {
            (0, _) => CheckResult.Passed("No cluster of the plan is on the platform kubernetes"),
            (_, 0) when closed.Count > 0 => CheckResult.Warning(
                "the user of the kubeconfig lacks a permission for port forwards, so objects that the public port does not serve may not be listed",
                "Grant it (\"get\" is always needed, \"create\" from Kubernetes 1.35 on), or give the peer port with --source-peer or --target-peer.",
                closed.Concat(silent).Distinct()),
            (_, 0) when silent.Count > 0 => CheckResult.Warning(
                "the user of the kubeconfig may not read logs, so PachUp cannot show the log of a pod that does not start",
                "Grant it, or be ready to read the logs with another user if a pod does not start.",
                silent.Distinct()),
            (_, 0) => CheckResult.Passed("The user of the kubeconfig has every needed permission"),
            _ => CheckResult.Refused(
                "permissions of the kubeconfig's user are missing", "Grant them, or use another context with --kube-context.", missing.Concat(closed).Concat(silent).Distinct()),
        };
    }
}
