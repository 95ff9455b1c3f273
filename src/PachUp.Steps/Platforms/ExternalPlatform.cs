using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Steps.Platforms;

/// <summary>
/// <c>external</c>: the user deploys the clusters. If source and target have two addresses, the actions only look. If they have one address, the
/// actions tell the user what to do and wait until it is done.
/// </summary>
internal sealed class ExternalPlatform : IPlatform
{
    public string Name => "external";

    public Task<StepPreview> PreviewAsync(PlatformAction action, ICluster cluster, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(action switch
        {
            PlatformAction.Save => new StepPreview("Saves nothing: PachUp does not manage this deployment")
            {
                Notes = ["Keep the manifests (or the arguments of \"pachctl deploy\") and the volumes of the old release until you have checked the new one."],
            },
            PlatformAction.Fence => new StepPreview($"Keeps no writers out: PachUp does not manage the services of {cluster.Address}")
            {
                Notes =
                [
                    "Keep writers out yourself until the plan lets them in again: close the ingress, or move the services to other node ports, and give "
                      + "PachUp an address that still works. The extract step notices writes.",
                ],
            },
            PlatformAction.Unfence => new StepPreview($"You let writers in at {cluster.Address}"),
            PlatformAction.Switch => new StepPreview($"You point your clients at {cluster.Address}")
            {
                Effects = [new Effect("you switch", $"clients to {cluster.Address}", "PACHD_ADDRESS, pachctl contexts, ingress, DNS names")],
            },
            PlatformAction.Wait wait => new StepPreview(
                $"Waits until pachd {wait.Release} answers calls at {cluster.Address} (at most {Words.Duration(wait.Timeout)})"),
            PlatformAction.Undeploy when !context.IsInPlace => new StepPreview(
                $"Nothing to do: the {cluster.Name} at {cluster.Address} stays deployed beside the new cluster")
            {
                Notes = ["Its pipelines stay stopped, so that nothing is computed or sent out twice."],
            },
            PlatformAction.Undeploy undeploy => new StepPreview(
                $"Waits until you have undeployed the old release at {cluster.Address} (at most {Words.Duration(undeploy.TimeoutByHand)})")
            {
                Effects = [new Effect("you undeploy", $"pachd {context.Survey.Source.Release} at {cluster.Address}", UndeployAdvice(undeploy))],
                Notes =
                [
                    "PachUp looks at the source once more before this step, and every minute until you have undeployed it. What a client writes after the "
                      + "last look is lost with the old release, because PachUp cannot keep clients out here: keep them out yourself.",
                ],
            },
            PlatformAction.Deploy deploy when !context.IsInPlace => new StepPreview($"Checks that {cluster.Address} is a {deploy.Release} and empty"),
            PlatformAction.Deploy deploy => new StepPreview(
                $"Waits until you have deployed {deploy.Release} at {cluster.Address} (at most {Words.Duration(deploy.TimeoutByHand)})")
            {
                Effects = [new Effect("you deploy", $"pachd {deploy.Release} at {cluster.Address}", DeployAdvice(deploy, context))],
            },
            _ => throw Unsupported(action),
        });

    public Task<StepResult> ExecuteAsync(
        PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) => action switch
        {
            PlatformAction.Save => Task.FromResult(new StepResult("Nothing saved: PachUp does not manage this deployment")),
            PlatformAction.Fence => Task.FromResult(new StepResult("PachUp kept no writers out: you do that yourself")),
            PlatformAction.Unfence => Task.FromResult(new StepResult($"Let writers in at {cluster.Address} now")),
            PlatformAction.Switch => Task.FromResult(new StepResult($"Point your clients at {cluster.Address} now")),
            PlatformAction.Wait wait => WaitUntilReadyAsync(wait, cluster, execution, cancellationToken),
            PlatformAction.Undeploy when !execution.IsInPlace => Task.FromResult(new StepResult($"{cluster.Address} stays deployed")),
            PlatformAction.Undeploy undeploy => WaitUntilGoneAsync(undeploy, cluster, execution, cancellationToken),
            PlatformAction.Deploy deploy when !execution.IsInPlace => CheckTargetAsync(deploy, cluster, execution, cancellationToken),
            PlatformAction.Deploy deploy => WaitUntilDeployedAsync(deploy, cluster, execution, cancellationToken),
            _ => throw Unsupported(action),
        };

    public Task<StepResult> RevertAsync(PlatformAction action, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        (action, execution.IsInPlace) switch
        {
            (PlatformAction.Undeploy, true) => WaitUntilBackAsync(cluster, execution, cancellationToken),
            (PlatformAction.Deploy, true) => Task.FromResult(new StepResult(
                $"You undeploy the new release at {cluster.Address} before the old one is deployed again")),
            (PlatformAction.Switch, false) => Task.FromResult(new StepResult($"Point your clients at {execution.Source.Address} again now")),
            _ => Task.FromResult(new StepResult("Nothing to undo")),
        };

    public string DescribeRevert(PlatformAction action, ICluster cluster, IStepContext context) => (action, context.IsInPlace) switch
    {
        (PlatformAction.Undeploy, true) =>
            $"Waits until you have deployed {context.Survey.Source.Release} at {cluster.Address} again, on the kept volumes.",
        (PlatformAction.Deploy, true) => $"You undeploy the new release at {cluster.Address} (never with --all) before the old one is deployed again.",
        (PlatformAction.Switch, false) => $"You point your clients at {context.Source.Address} again (PACHD_ADDRESS, pachctl contexts, ingress, DNS names).",
        (PlatformAction.Deploy, false) => $"PachUp does not change the deployment at {cluster.Address}: undeploy it when you do not need it.",
        _ => "Nothing to undo: PachUp did not change the deployment.",
    };

    private static Task<StepResult> WaitUntilGoneAsync(
        PlatformAction.Undeploy undeploy, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken)
    {
        var old = execution.Survey.Source;
        return new AddressWatch(cluster, undeploy.TimeoutByHand, execution) { MeanwhileAsync = new SourceWatch(execution).LookAsync }.WaitAsync(
            $"undeploy {old.Release} at {cluster.Address} now ({UndeployAdvice(undeploy)})",
            answer => IsOld(answer, old) ? $"the old cluster still answers ({answer.Release})" : null,
            acceptsSilence: true,
            _ => new StepResult($"The old cluster at {cluster.Address} does not answer any more"),
            cancellationToken);
    }

    private static Task<StepResult> WaitUntilDeployedAsync(
        PlatformAction.Deploy deploy, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken)
    {
        var old = execution.Survey.Source;
        return new AddressWatch(cluster, deploy.TimeoutByHand, execution).WaitAsync(
            $"deploy {deploy.Release} at {cluster.Address} now ({DeployAdvice(deploy, execution)})",
            answer => Unready(answer, deploy, old.ClusterId),
            acceptsSilence: false,
            answer => new StepResult(
                $"{answer!.Release} answers at {cluster.Address}, {(deploy.FreshMetadata ? "empty, " : "")}as cluster {answer.ClusterId}"),
            cancellationToken);
    }

    private static Task<StepResult> WaitUntilReadyAsync(
        PlatformAction.Wait wait, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken) =>
        new AddressWatch(cluster, wait.Timeout, execution).WaitAsync(
            $"make sure that {wait.Release} answers calls at {cluster.Address}",
            answer => answer.Release.WithoutSuffix() == wait.Release ? null : NotWanted(answer, wait.Release),
            acceptsSilence: false,
            answer => new StepResult($"{answer!.Release} answers calls at {cluster.Address}"),
            cancellationToken);

    private static Task<StepResult> WaitUntilBackAsync(ICluster cluster, IStepExecution execution, CancellationToken cancellationToken)
    {
        var old = execution.Survey.Source;
        return new AddressWatch(cluster, TimeSpan.FromHours(12), execution).WaitAsync(
            $"deploy {old.Release} at {cluster.Address} again, on its kept volumes",
            answer => IsOld(answer, old) ? null : $"{answer.Release} answers, as cluster {answer.ClusterId}",
            acceptsSilence: false,
            _ => new StepResult($"The old cluster answers at {cluster.Address} again"),
            cancellationToken);
    }

    private static bool IsOld(TargetState answer, ClusterInventory old) => answer.ClusterId == old.ClusterId && answer.Release == old.Release;

    private static string NotWanted(TargetState answer, Release wanted) => $"{answer.Release} answers, not {wanted}";

    private static string? Unready(TargetState answer, PlatformAction.Deploy deploy, string oldClusterId) =>
        deploy.FreshMetadata ? UnreadyOnFresh(answer, deploy, oldClusterId) : UnreadyOnKept(answer, deploy, oldClusterId);

    private static string? UnreadyOnKept(TargetState answer, PlatformAction.Deploy deploy, string oldClusterId) => answer switch
    {
        _ when answer.Release.WithoutSuffix() != deploy.Release => NotWanted(answer, deploy.Release),
        _ when answer.ClusterId != oldClusterId =>
            $"{answer.Release} answers, but as another cluster ({answer.ClusterId}): give it the volumes of {oldClusterId}",
        _ => null,
    };

    private static string? UnreadyOnFresh(TargetState answer, PlatformAction.Deploy deploy, string oldClusterId) => answer switch
    {
        _ when answer.ClusterId == oldClusterId && answer.Release.Line == deploy.Release.Line =>
            $"{answer.Release} answers, but with the metadata of the old cluster: give etcd a fresh volume",
        _ when answer.ClusterId == oldClusterId => $"the old cluster answers ({answer.Release})",
        _ when answer.Release.WithoutSuffix() != deploy.Release => NotWanted(answer, deploy.Release),
        { IsEmpty: false } =>
            $"{answer.Release} answers, but has {Words.Count(answer.Repos, "repo")} and {Words.Count(answer.Pipelines, "pipeline")}",
        _ => null,
    };

    private static async Task<StepResult> CheckTargetAsync(
        PlatformAction.Deploy deploy, ICluster cluster, IStepExecution execution, CancellationToken cancellationToken)
    {
        var state = await TargetStates.LookAsync(cluster.Connect(), cancellationToken);
        return Unready(state, deploy, execution.Survey.Source.ClusterId) is { } problem
            ? throw StepFailedException.Refused($"at {cluster.Address}: {problem}", $"Deploy an empty {deploy.Release} there, then resume the run.")
            : new StepResult($"{state.Release} answers at {cluster.Address}, empty");
    }

    private static string UndeployAdvice(PlatformAction.Undeploy undeploy) =>
        undeploy.KeepVolumes ? "\"pachctl undeploy\", which keeps the volumes; never with --all" : "the volumes may be deleted too";

    private static string DeployAdvice(PlatformAction.Deploy deploy, IStepContext context)
    {
        var volumes = deploy.FreshMetadata ? ", the same bucket, and a fresh volume for etcd" : ", on the same volumes";
        var moved = LocalStorage.IsMovedBetween(context.Survey.Source.Release, deploy.Release) ? $"; {LocalStorage.Remedy}" : "";
        return $"\"pachctl deploy\" of the new release with the arguments of the old one{volumes}{moved}";
    }

    private static StepFailedException Unsupported(PlatformAction action) =>
        new($"the platform \"external\" does not support the action {action.GetType().Name.ToLowerInvariant()}", "Choose another platform for this cluster, or remove the step from the plan.");
}
