using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Undeploying;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>
/// Removes the deployment. Reverting deploys the saved manifests on the kept volumes. A deployment beside which another is built is not removed.
/// </summary>
internal sealed class UndeployAction(ActionContext actionContext, PlatformAction.Undeploy action) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (actionContext.IsBeside)
        {
            return new StepPreview($"Nothing to do: the deployment in namespace \"{actionContext.Api.Namespace}\" stays beside the new cluster")
            {
                Notes = ["Its pipelines stay stopped, so that nothing is computed or sent out twice."],
            };
        }

        var undeployment = new Undeployment(actionContext.Api, await Suite.ReadRecentAsync(actionContext.Api, cancellationToken), Scope);
        return new StepPreview(
            $"Stops pachd, deletes {undeployment.ToDelete.Count} objects in namespace \"{actionContext.Api.Namespace}\" and waits until their pods are gone, up to {action.Timeout}")
        {
            Effects =
            [
                .. undeployment.ToRetain.Select(volume => new Effect("change", volume.Title(), "its reclaim policy becomes Retain until the end of the run, so that it is not deleted with its claim")),
                .. undeployment.ToDisown.Select(set => new Effect("change", set.Title(), "its persistentVolumeClaimRetentionPolicy becomes Retain, so that its claims are not deleted with it")),
                .. undeployment.ToDelete.Select(value => new Effect("delete", value.Title())),
                .. undeployment.Kept.Select(value => new Effect("keep", value.Title())),
                .. undeployment.UsedAgain.Select(value => new Effect("keep", value.Title(), "the next deployment uses it again")),
                .. undeployment.Foreign.Select(value => new Effect("leave", value.Title(), $"labelled {Labels.Suite}, but not made by Pachyderm")),
            ],
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (actionContext.IsBeside)
        {
            return new StepResult($"The deployment in namespace \"{actionContext.Api.Namespace}\" stays");
        }

        var undeployment = await Undeployment.OfAsync(actionContext.Api, Scope, cancellationToken);
        if (!undeployment.HasBegun)
        {
            await RequireAcceptanceAsync(execution, cancellationToken);
        }

        var deleted = await undeployment.CarryOutAsync(new Readiness(actionContext.Api, execution), action.Timeout, cancellationToken);
        List<string> staying = [.. undeployment.UsedAgain.Concat(undeployment.Kept).Concat(undeployment.Foreign).Select(value => value.Title())];
        return new StepResult($"Deleted {deleted} objects{(staying.Count > 0 ? $"; {string.Join(", ", staying)} were not deleted" : "")}");
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (actionContext.IsBeside)
        {
            return new StepResult("Nothing to undo: the deployment stayed");
        }

        var saved = ManifestFolder.Read(ActionContext.SavedFolder(execution));
        var applied = await new Applier(actionContext.Api).ApplyAsync(saved, cancellationToken);
        await new Readiness(actionContext.Api, execution).UntilReadyAsync(action.Timeout, cancellationToken);
        await new RetainedVolumes(actionContext.Api).SetBackAsync(cancellationToken);
        return new StepResult($"Deployed the saved manifests again on the kept volumes: {applied} objects in namespace \"{actionContext.Api.Namespace}\"");
    }

    // The last moment at which nothing is lost by stopping: whatever the API server refuses from now on keeps the cluster down.
    private static async Task RequireAcceptanceAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (PlannedDeployment.IsIn(execution)
            && await TargetAcceptance.FindRefusalsAsync(await PlannedDeployment.ReadAsync(execution, cancellationToken), mayCreate: true, cancellationToken) is { Count: > 0 } refusals)
        {
            throw new StepFailedException(
                $"the API server refuses what has to be deployed next, so nothing was deleted: {string.Join("; ", refusals)}",
                "Remove the cause that the answers name, then resume the run, or roll it back.");
        }
    }

    private UndeployScope Scope => new() { KeepsVolumes = action.KeepVolumes, KeepsAccess = true };
}
