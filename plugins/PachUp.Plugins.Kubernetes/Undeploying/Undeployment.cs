using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Undeploying;

/// <summary>
/// Takes a deployment away as <c>pachctl undeploy</c> does, by the label of the suite; what holds data stays, unless told otherwise, and its volumes
/// are told to outlive their claims first.
/// </summary>
internal sealed class Undeployment(KubeApi api, bool keepVolumes)
{
    /// <summary>What would be deleted, last created first, workers included.</summary>
    public async Task<IReadOnlyList<JsonObject>> DoomedAsync(CancellationToken cancellationToken)
    {
        var manifests = await DeploymentManifests.ReadAsync(api, cancellationToken);
        var kinds = keepVolumes ? DeployedKinds.Removed : DeployedKinds.All;
        var workers = await api.ListAsync("ReplicationController", Labels.Workers, cancellationToken);
        return [.. workers, .. manifests.Objects.Where(value => kinds.Contains(value.Kind())).Reverse()];
    }

    /// <summary>What holds data and stays.</summary>
    public async Task<IReadOnlyList<JsonObject>> KeptAsync(CancellationToken cancellationToken)
    {
        var manifests = await DeploymentManifests.ReadAsync(api, cancellationToken);
        return keepVolumes ? [.. manifests.Objects.Where(value => DeployedKinds.Storage.Contains(value.Kind()))] : [];
    }

    /// <summary>The volumes that would be deleted together with their claims if nothing was done about it.</summary>
    public async Task<IReadOnlyList<JsonObject>> EndangeredAsync(CancellationToken cancellationToken) =>
        [.. (await KeptAsync(cancellationToken)).Where(value => value.Kind() == "PersistentVolume" && value.Spec().Text("persistentVolumeReclaimPolicy") != "Retain")];

    /// <summary>Does it; doing it again is harmless.</summary>
    /// <returns>How many objects were deleted.</returns>
    public async Task<int> CarryOutAsync(CancellationToken cancellationToken)
    {
        foreach (var volume in await EndangeredAsync(cancellationToken))
        {
            var patch = new JsonObject { ["spec"] = new JsonObject { ["persistentVolumeReclaimPolicy"] = "Retain" } };
            await api.PatchAsync(api.Catalogue.Of(volume), volume.Name(), patch, cancellationToken);
        }

        var deleted = 0;
        foreach (var value in await DoomedAsync(cancellationToken))
        {
            deleted += await api.DeleteAsync(value, cancellationToken) ? 1 : 0;
        }

        return deleted;
    }
}
