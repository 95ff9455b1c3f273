using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Undeploying;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Takes the deployment away; going back deploys the saved manifests on the volumes that were kept.</summary>
internal sealed class UndeployAction(Scene scene, PlatformAction.Undeploy action) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var undeployment = new Undeployment(scene.Api, action.KeepVolumes);
        var doomed = await undeployment.DoomedAsync(cancellationToken);
        var kept = await undeployment.KeptAsync(cancellationToken);
        var endangered = await undeployment.EndangeredAsync(cancellationToken);
        return new StepPreview($"Deletes {doomed.Count} objects in namespace \"{scene.Api.Namespace}\" and waits until their pods are gone, up to {action.Timeout}")
        {
            Effects =
            [
                .. endangered.Select(volume => new Effect("change", volume.Title(), "reclaim policy becomes Retain, so that it outlives its claim")),
                .. doomed.Select(value => new Effect("delete", value.Title())),
                .. kept.Select(value => new Effect("keep", value.Title())),
            ],
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var undeployment = new Undeployment(scene.Api, action.KeepVolumes);
        var deleted = await undeployment.CarryOutAsync(cancellationToken);
        await new Readiness(scene.Api, execution).UntilGoneAsync(action.Timeout, cancellationToken);
        var kept = await undeployment.KeptAsync(cancellationToken);
        var stays = kept.Count > 0 ? $"; {string.Join(", ", kept.Select(value => value.Title()))} stay" : "";
        return new StepResult($"Deleted {deleted} objects{stays}");
    }

    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var saved = ManifestFolder.Read(Scene.SavedFolder(execution));
        var applied = await new Applier(scene.Api).ApplyAsync(saved, cancellationToken);
        await new Readiness(scene.Api, execution).UntilReadyAsync(action.Timeout, cancellationToken);
        return new StepResult($"The saved deployment is back on its volumes: {applied} objects in namespace \"{scene.Api.Namespace}\"");
    }
}
