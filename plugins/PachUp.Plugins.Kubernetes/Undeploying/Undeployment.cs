using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Undeploying;

/// <summary>
/// Removes a deployment as <c>pachctl undeploy</c> does. Objects that hold data stay, unless the plan says otherwise; before that, their volumes get
/// a
/// reclaim policy that keeps them. Objects with the suite label that Pachyderm did not make stay too.
/// </summary>
internal sealed class Undeployment(KubeApi api, Suite suite, bool keepVolumes)
{
    /// <summary>The objects to delete, last created first, including workers.</summary>
    public IReadOnlyList<JsonObject> ToDelete => [.. suite.Workers, .. suite.Deployed.Objects.Where(value => !IsKept(value)).Reverse()];

    /// <summary>The objects that hold data and stay.</summary>
    public IReadOnlyList<JsonObject> Kept => [.. suite.Deployed.Objects.Where(IsKept)];

    /// <summary>The objects that Pachyderm did not make and that stay.</summary>
    public IReadOnlyList<JsonObject> Foreign => suite.Foreign;

    /// <summary>The volumes that Kubernetes would delete together with their claims.</summary>
    public IReadOnlyList<JsonObject> ToRetain =>
        [.. Kept.Where(value => value.Kind() == "PersistentVolume" && value.Spec().Text("persistentVolumeReclaimPolicy") != "Retain")];

    /// <summary>Reads the objects.</summary>
    public static async Task<Undeployment> OfAsync(KubeApi api, bool keepVolumes, CancellationToken cancellationToken) =>
        new(api, await Suite.ReadAsync(api, cancellationToken), keepVolumes);

    /// <summary>Deletes the objects; doing it again is harmless.</summary>
    /// <returns>The number of deleted objects.</returns>
    public async Task<int> CarryOutAsync(CancellationToken cancellationToken)
    {
        foreach (var volume in ToRetain)
        {
            var patch = new JsonObject { ["spec"] = new JsonObject { ["persistentVolumeReclaimPolicy"] = "Retain" } };
            await api.PatchAsync(api.Catalogue.Of(volume), volume.Name(), patch, cancellationToken);
        }

        var deleted = 0;
        foreach (var value in ToDelete)
        {
            deleted += await api.DeleteAsync(value, cancellationToken) ? 1 : 0;
        }

        return deleted;
    }

    private bool IsKept(JsonObject value) => keepVolumes && DeployedKinds.Storage.Contains(value.Kind());
}
