using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Deploying;
using PachUp.Plugins.Kubernetes.Fencing;
using PachUp.Plugins.Kubernetes.Looking;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Undeploying;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Actions;

/// <summary>Deploys a release: like the source, unless the plan says otherwise.</summary>
internal sealed class DeployAction(ActionContext actionContext, PlatformAction.Deploy action) : IKubernetesAction
{
    public async Task<StepPreview> PreviewAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var source = await Suite.ReadRecentAsync(actionContext.SourceApi, cancellationToken);
        var manifests = await ManifestsAsync(source.Deployed.Cleaned(), ActionContext.RunToCome, cancellationToken);
        var applier = new Applier(actionContext.Api);
        var changes = await applier.CompareAsync(manifests, cancellationToken);
        return new StepPreview($"Deploys {action.Release} in namespace \"{actionContext.Api.Namespace}\" and waits until it is ready, up to {action.Timeout}")
        {
            Effects = [.. await applier.HasNamespaceAsync(cancellationToken) ? [] : new[] { new Effect("create", $"Namespace {actionContext.Api.Namespace}") }, .. changes.Select(Describe), .. source.Deployed.Cleaned().Objects.SelectMany(present => DescribeAdditions(present, manifests))],
            Notes = [.. Notes, .. actionContext.IsBeside ? CloudIdentity.Describe(manifests, actionContext.Api.Namespace) : [], .. manifests.Objects.Select(new ApiVersionConversion(actionContext.Api.Catalogue).Describe).OfType<string>()],
        };
    }

    public async Task<StepResult> ExecuteAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var model = await ModelAsync(execution, cancellationToken);
        var manifests = BehindFence(await ManifestsAsync(model, ActionContext.RunOf(execution), cancellationToken), execution);
        var applied = await new Applier(actionContext.Api).ApplyAsync(manifests, cancellationToken);
        await new Readiness(actionContext.Api, execution).UntilReadyAsync(action.Timeout, cancellationToken);
        return new StepResult($"{action.Release} is deployed in namespace \"{actionContext.Api.Namespace}\": {applied} objects created or changed")
        {
            Notes = actionContext.IsBeside ? [] : [.. VolumeAdvice.About(actionContext.Api.Namespace, model, manifests)],
        };
    }

    /// <summary>Removes the new deployment. Reverting the undeploy step deploys the old one again.</summary>
    public async Task<StepResult> RevertAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var present = await InstallationReader.ReadAsync(actionContext.Api, cancellationToken);
        if (present.Release is { } release && release != action.Release)
        {
            return new StepResult($"Nothing to remove: {release} is deployed in namespace \"{actionContext.Api.Namespace}\", not {action.Release}");
        }

        var scope = new UndeployScope { KeepsVolumes = true, KeepsAccess = !actionContext.IsBeside };
        var undeployment = await Undeployment.OfAsync(actionContext.Api, scope, cancellationToken);
        var deleted = await undeployment.CarryOutAsync(new Readiness(actionContext.Api, execution), action.Timeout, cancellationToken);
        if (actionContext.IsBeside)
        {
            await new RetainedVolumes(actionContext.Api).SetBackAsync(cancellationToken);
        }

        return new StepResult($"Removed {action.Release}: {deleted} objects; its volumes stay until you delete them")
        {
            Notes = [.. VolumeAdvice.About(actionContext.Api.Namespace, undeployment.Before, SavedOf(execution))],
        };
    }

    private ImmutableArray<string> Notes => actionContext switch
    {
        { Settings.Manifests: { } folder } => [$"From the manifests in \"{folder}\", unchanged: make sure that they give etcd fresh storage if it is needed."],
        { Settings.PachctlArguments: { } arguments } => [$"From the output of \"{actionContext.Settings.PachctlPath} deploy {arguments} --dry-run\"."],
        { IsBeside: true } =>
        [
            $"Like the deployment in namespace \"{actionContext.SourceApi.Namespace}\", with the images and settings of {action.Release}, and without its node ports.",
            actionContext.Settings.Bucket is { } bucket
                ? $"On the bucket \"{bucket}\", with the credentials of the source."
                : "On the bucket of the source; to use another one, set \"bucket\" in the plan's cluster.",
        ],
        _ => [$"Like the present deployment in namespace \"{actionContext.SourceApi.Namespace}\", with the images and settings of {action.Release}."],
    };

    private static DeploymentManifests SavedOf(IStepExecution execution) =>
        Directory.Exists(ActionContext.SavedFolder(execution)) ? ManifestFolder.Read(ActionContext.SavedFolder(execution)) : new DeploymentManifests([]);

    /// <summary>The deployment to copy: what was saved, or the source itself if nothing was saved because it stays.</summary>
    private async Task<DeploymentManifests> ModelAsync(IStepExecution execution, CancellationToken cancellationToken) =>
        actionContext.IsBeside && !Directory.Exists(ActionContext.SavedFolder(execution))
            ? (await Suite.ReadAsync(actionContext.SourceApi, cancellationToken)).Deployed.Cleaned()
            : ManifestFolder.Read(ActionContext.SavedFolder(execution));

    private Task<DeploymentManifests> ManifestsAsync(DeploymentManifests model, string run, CancellationToken cancellationToken) =>
        new TargetManifests(actionContext.Settings, actionContext.Placement, action.Release, action.FreshMetadata).MakeAsync(model, run, cancellationToken);

    /// <summary>A deployment in a namespace that the run has closed is closed, too: clients must not write to it before it is complete and verified.</summary>
    private DeploymentManifests BehindFence(DeploymentManifests manifests, IStepExecution execution) =>
        !actionContext.IsBeside && FenceRecord.TryRead(execution) is { } fence
            ? Fences.Of(fence, actionContext.Api).Closed(manifests, ActionContext.RunOf(execution))
            : manifests;

    private static Effect Describe(ObjectChange change)
    {
        var title = change.Wanted.Title();
        if (change.IsNew)
        {
            return new Effect("create", title, DescribeNew(change.Wanted));
        }

        return change.IsNothing
            ? new Effect("deploy", title, "unchanged")
            : new Effect("change", title, string.Join("; ", change.Fields.Select(field => field.ToString())));
    }

    /// <summary>What people and tools added to an object, and whether the new deployment has it too.</summary>
    private static IEnumerable<Effect> DescribeAdditions(JsonObject present, DeploymentManifests manifests)
    {
        if (DeployedKinds.Storage.Contains(present.Kind()) || manifests.Find(present.Kind(), present.Name()) is not { } wanted)
        {
            yield break;
        }

        var carried = Additions.Of(wanted).ToHashSet();
        var byFate = Additions.Of(present).ToLookup(carried.Contains);
        if (byFate[true].Any())
        {
            yield return new Effect("keep", present.Title(), $"added by others: {string.Join(", ", byFate[true])}");
        }

        if (byFate[false].Any())
        {
            yield return new Effect("lose", present.Title(), $"added by others, and not in the manifests of the plan: {string.Join(", ", byFate[false])}");
        }
    }

    private static string DescribeNew(JsonObject value)
    {
        if (!DeployedKinds.Workloads.Contains(value.Kind()))
        {
            return "";
        }

        var images = string.Join(" and ", value.PodSpec().Items("containers").Select(container => container.Text("image")));
        List<string> claims =
        [
            .. value.Spec().Items("volumeClaimTemplates").Select(template => $"a new claim {template.Name()}-{value.Name()}-0"),
            .. value.PodSpec().Items("volumes").Select(volume => volume.At("persistentVolumeClaim")?.Text("claimName")).OfType<string>().Select(name => $"claim {name}"),
            .. value.PodSpec().Items("volumes").Select(volume => volume.At("hostPath")?.Text("path")).OfType<string>().Select(path => $"directory {path} of the node"),
        ];
        return claims.Count > 0 ? $"{images}, on {string.Join(" and ", claims)}" : images;
    }
}
