using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Undeploying;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>
/// Takes the deployment away; going back deploys the saved manifests on the volumes that were kept. A deployment beside which another is built stays.
/// </summary>
internal sealed class UndeployAction(ActionContext actionContext, PlatformAction.Undeploy action) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (actionContext.IsBeside)
        {
            return new StepPreview($"Nothing to do: what is in namespace \"{actionContext.Api.Namespace}\" stays deployed beside the new cluster")
            {
                Notes = ["Its pipelines stay stopped, so that nothing is computed or sent out twice."],
            };
        }

        var undeployment = await Undeployment.OfAsync(actionContext.Api, action.KeepVolumes, cancellationToken);
        return new StepPreview(
            $"Deletes {undeployment.Doomed.Count} objects in namespace \"{actionContext.Api.Namespace}\" and waits until their pods are gone, up to {action.Timeout}")
        {
            Effects =
            [
                .. undeployment.Endangered.Select(volume => new Effect("change", volume.Title(), "reclaim policy becomes Retain, so that it outlives its claim")),
                .. undeployment.Doomed.Select(value => new Effect("delete", value.Title())),
                .. undeployment.Kept.Select(value => new Effect("keep", value.Title())),
                .. undeployment.Left.Select(value => new Effect("leave", value.Title(), $"labelled {Labels.Suite}, but nothing that Pachyderm makes")),
            ],
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (actionContext.IsBeside)
        {
            return new StepResult($"What is in namespace \"{actionContext.Api.Namespace}\" stays deployed");
        }

        var undeployment = await Undeployment.OfAsync(actionContext.Api, action.KeepVolumes, cancellationToken);
        var deleted = await undeployment.CarryOutAsync(cancellationToken);
        await new Readiness(actionContext.Api, execution).UntilGoneAsync(action.Timeout, cancellationToken);
        List<string> staying = [.. undeployment.Kept.Concat(undeployment.Left).Select(value => value.Title())];
        return new StepResult($"Deleted {deleted} objects{(staying.Count > 0 ? $"; {string.Join(", ", staying)} stay" : "")}");
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (actionContext.IsBeside)
        {
            return new StepResult("Nothing to undo: it stayed deployed");
        }

        var saved = ManifestFolder.Read(ActionContext.SavedFolder(execution));
        var applied = await new Applier(actionContext.Api).ApplyAsync(saved, cancellationToken);
        await new Readiness(actionContext.Api, execution).UntilReadyAsync(action.Timeout, cancellationToken);
        return new StepResult($"The saved deployment is back on its volumes: {applied} objects in namespace \"{actionContext.Api.Namespace}\"");
    }
}
