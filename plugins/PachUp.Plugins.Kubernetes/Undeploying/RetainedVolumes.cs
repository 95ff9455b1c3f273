using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Undeploying;

/// <summary>
/// Keeps volumes alive while a deployment is replaced: their reclaim policy becomes Retain, so that nothing that happens to a claim deletes its volume.
/// The former policy is stored on the volume in the same request, so that it can be set back after a crash and from another machine.
/// </summary>
internal sealed class RetainedVolumes(KubeApi api)
{
    private const string Retain = "Retain";

    /// <summary>Whether Kubernetes would delete a volume together with its claim.</summary>
    public static bool IsDeletedWithClaim(JsonObject volume) => PolicyOf(volume) != Retain;

    /// <summary>Keeps volumes, and makes sure that the server did so; doing it again is harmless.</summary>
    /// <exception cref="StepFailedException">A volume has another policy afterwards.</exception>
    public async Task KeepAsync(IEnumerable<JsonObject> volumes, CancellationToken cancellationToken)
    {
        foreach (var volume in volumes)
        {
            await api.PatchAsync(api.Catalogue.Of(volume), volume.Name(), PatchTo(Retain, PolicyOf(volume)), cancellationToken);
            if (await api.FindAsync(api.Catalogue.Of(volume), volume.Name(), cancellationToken) is not { } now || IsDeletedWithClaim(now))
            {
                throw new StepFailedException(
                    $"the reclaim policy of {volume.Title()} is not {Retain} although PachUp has set it, so nothing was deleted: Kubernetes could delete the "
                        + "metadata of the old release",
                    "Find out what sets the policy back, and stop it. Then resume the run, or roll it back.");
            }
        }
    }

    /// <summary>Sets the policies of the volumes of this namespace back; does nothing for volumes that PachUp did not change.</summary>
    /// <returns>The volumes whose policy was set back.</returns>
    public async Task<IReadOnlyList<JsonObject>> SetBackAsync(CancellationToken cancellationToken)
    {
        var kept = await KeptAsync(cancellationToken);
        foreach (var volume in kept)
        {
            await api.PatchAsync(api.Catalogue.Of(volume), volume.Name(), PatchTo(volume.Annotation(Labels.ReclaimPolicy), former: null), cancellationToken);
        }

        return kept;
    }

    private async Task<IReadOnlyList<JsonObject>> KeptAsync(CancellationToken cancellationToken) =>
    [
        .. (await api.ListAsync("PersistentVolume", "", cancellationToken))
            .Where(volume => volume.Annotation(Labels.ReclaimPolicy).Length > 0 && volume.At("spec", "claimRef")?.Text("namespace") == api.Namespace),
    ];

    private static string PolicyOf(JsonObject volume) => volume.Spec().Text("persistentVolumeReclaimPolicy");

    private static JsonObject PatchTo(string policy, string? former) => new()
    {
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Labels.ReclaimPolicy] = former } },
        ["spec"] = new JsonObject { ["persistentVolumeReclaimPolicy"] = policy },
    };
}
