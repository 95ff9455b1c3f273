using System.Collections.Immutable;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Looking;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Undeploying;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Deploys a release: like the source unless told otherwise.</summary>
internal sealed class DeployAction(Scene scene, PlatformAction.Deploy action) : IKubernetesAction
{
    private const int MostFields = 4;

    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var deployed = await DeploymentManifests.ReadAsync(scene.SourceApi, cancellationToken);
        var manifests = await ManifestsAsync(deployed.Cleaned(), cancellationToken);
        var changes = await new Applier(scene.Api).CompareAsync(manifests, cancellationToken);
        return new StepPreview($"Deploys {action.Release} in namespace \"{scene.Api.Namespace}\" and waits until it is ready, up to {action.Timeout}")
        {
            Effects = [.. changes.Select(Describe)],
            Notes = Notes,
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var manifests = await ManifestsAsync(ManifestFolder.Read(Scene.SavedFolder(execution)), cancellationToken);
        var applied = await new Applier(scene.Api).ApplyAsync(manifests, cancellationToken);
        await new Readiness(scene.Api, execution).UntilReadyAsync(action.Timeout, cancellationToken);
        return new StepResult($"{action.Release} is deployed in namespace \"{scene.Api.Namespace}\": {applied} objects made or changed");
    }

    /// <summary>Takes away what was deployed; what was deployed before comes back when the undeploying is undone.</summary>
    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var present = await InstallationReader.ReadAsync(scene.Api, cancellationToken);
        if (present.Release is { } release && release != action.Release)
        {
            return new StepResult($"Nothing to take away: {release} is deployed in namespace \"{scene.Api.Namespace}\", not {action.Release}");
        }

        var deleted = await new Undeployment(scene.Api, keepVolumes: true).CarryOutAsync(cancellationToken);
        await new Readiness(scene.Api, execution).UntilGoneAsync(action.Timeout, cancellationToken);
        return new StepResult($"{action.Release} is taken away: {deleted} objects; its volumes stay until you delete them");
    }

    private ImmutableArray<string> Notes => scene.Settings switch
    {
        { Manifests: { } folder } => [$"From the manifests in \"{folder}\"."],
        { PachctlArguments: { } arguments } => [$"From what \"{scene.Settings.PachctlPath} deploy {arguments} --dry-run\" prints."],
        _ => [$"Like what is deployed in namespace \"{scene.SourceApi.Namespace}\" now, with the images and settings of {action.Release}."],
    };

    private async Task<DeploymentManifests> ManifestsAsync(DeploymentManifests saved, CancellationToken cancellationToken)
    {
        var manifests = scene.Settings switch
        {
            { Manifests: { } folder } => ManifestFolder.Read(folder),
            { PachctlArguments: { } arguments } => await PachctlManifests.PrintAsync(scene.Settings.PachctlPath, arguments, action.Release, cancellationToken),
            _ => LikeSource(saved),
        };
        return scene.Settings.Bucket is { } bucket ? OtherBucket.In(manifests, bucket) : manifests;
    }

    private DeploymentManifests LikeSource(DeploymentManifests saved)
    {
        var manifests = new ReleaseManifests(action.Release).From(saved);
        if (action.FreshMetadata)
        {
            manifests = new FreshMetadata(action.Release).In(manifests);
        }

        return new SideBySide(scene.SourceApi.Namespace, scene.Api.Namespace).Move(manifests);
    }

    private static Effect Describe(ObjectChange change)
    {
        var title = change.Wanted.Title();
        if (change.IsNew)
        {
            return new Effect("create", title);
        }

        var shown = change.Fields.Take(MostFields).Select(field => field.ToString());
        var more = change.Fields.Length > MostFields ? $"; and {change.Fields.Length - MostFields} more fields" : "";
        return new Effect("deploy", title, change.IsNothing ? "as it is now" : string.Join("; ", shown) + more);
    }
}
