using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Undeploying;

/// <summary>
/// Takes a deployment away as <c>pachctl undeploy</c> does; what holds data stays, unless told otherwise, and its volumes are told to outlive their
/// claims first. What carries the label of the suite and is not Pachyderm's stays as well.
/// </summary>
internal sealed class Undeployment(KubeApi api, Suite suite, bool keepVolumes)
{
    /// <summary>What would be deleted, last created first, workers included.</summary>
    public IReadOnlyList<JsonObject> Doomed => [.. suite.Workers, .. suite.Deployed.Objects.Where(value => !IsKept(value)).Reverse()];

    /// <summary>What holds data and stays.</summary>
    public IReadOnlyList<JsonObject> Kept => [.. suite.Deployed.Objects.Where(IsKept)];

    /// <summary>What is somebody else's and stays.</summary>
    public IReadOnlyList<JsonObject> Left => suite.Foreign;

    /// <summary>The volumes that would be deleted together with their claims if nothing was done about it.</summary>
    public IReadOnlyList<JsonObject> Endangered =>
        [.. Kept.Where(value => value.Kind() == "PersistentVolume" && value.Spec().Text("persistentVolumeReclaimPolicy") != "Retain")];

    /// <summary>Looks at what is there.</summary>
    public static async Task<Undeployment> OfAsync(KubeApi api, bool keepVolumes, CancellationToken cancellationToken) =>
        new(api, await Suite.ReadAsync(api, cancellationToken), keepVolumes);

    /// <summary>Does it; doing it again is harmless.</summary>
    /// <returns>How many objects were deleted.</returns>
    public async Task<int> CarryOutAsync(CancellationToken cancellationToken)
    {
        foreach (var volume in Endangered)
        {
            var patch = new JsonObject { ["spec"] = new JsonObject { ["persistentVolumeReclaimPolicy"] = "Retain" } };
            await api.PatchAsync(api.Catalogue.Of(volume), volume.Name(), patch, cancellationToken);
        }

        var deleted = 0;
        foreach (var value in Doomed)
        {
            deleted += await api.DeleteAsync(value, cancellationToken) ? 1 : 0;
        }

        return deleted;
    }

    private bool IsKept(JsonObject value) => keepVolumes && DeployedKinds.Storage.Contains(value.Kind());
}
