using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Undeploying;

/// <summary>
/// Keeps the claims of stateful sets that want their claims deleted with them (<c>persistentVolumeClaimRetentionPolicy</c>, from Kubernetes 1.23 on). The
/// old metadata is on such a claim, and a rollback needs it.
/// </summary>
internal sealed class ClaimRetention(KubeApi api)
{
    private const string Policy = "persistentVolumeClaimRetentionPolicy";

    /// <summary>Whether Kubernetes would delete the claims of a workload together with it.</summary>
    public static bool DeletesClaims(JsonObject workload) =>
        workload.Kind() == "StatefulSet" && workload.At("spec", Policy) is { } policy && (policy.Text("whenDeleted") == "Delete" || policy.Text("whenScaled") == "Delete");

    /// <summary>Keeps the claims of stateful sets, and makes sure that nothing owns them any more; doing it again is harmless.</summary>
    /// <param name="sets">The stateful sets.</param>
    /// <param name="claims">The claims that are kept.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">A claim has an owner afterwards.</exception>
    public async Task KeepAsync(IEnumerable<JsonObject> sets, IEnumerable<JsonObject> claims, CancellationToken cancellationToken)
    {
        foreach (var set in sets)
        {
            await api.PatchAsync(api.Catalogue.Of(set), set.Name(), PolicyToRetain(), cancellationToken);
            foreach (var claim in claims.Where(claim => IsOwnedBy(set, claim)))
            {
                await ReleaseAsync(set, claim, cancellationToken);
            }
        }
    }

    // The controller of stateful sets does the same when it sees the new policy; nobody knows when.
    private async Task ReleaseAsync(JsonObject set, JsonObject claim, CancellationToken cancellationToken)
    {
        var resource = api.Catalogue.Of(claim);
        var others = claim.Metadata().Items("ownerReferences").Where(owner => owner.Text("uid") != set.Uid()).Select(owner => owner.DeepClone());
        await api.PatchAsync(resource, claim.Name(), new JsonObject { ["metadata"] = new JsonObject { ["ownerReferences"] = new JsonArray([.. others]) } }, cancellationToken);
        if (await api.FindAsync(resource, claim.Name(), cancellationToken) is { } now && IsOwnedBy(set, now))
        {
            throw new StepFailedException(
                $"{set.Title()} still owns {claim.Title()} although PachUp has set its {Policy} to Retain, so nothing was deleted: Kubernetes could delete the metadata of the old "
                    + "release",
                "Find out what sets it back, and stop it. Then resume the run, or roll it back.");
        }
    }

    private static bool IsOwnedBy(JsonObject set, JsonObject claim) => claim.Metadata().Items("ownerReferences").Any(owner => owner.Text("uid") == set.Uid());

    private static JsonObject PolicyToRetain() => new()
    {
        ["spec"] = new JsonObject { [Policy] = new JsonObject { ["whenDeleted"] = "Retain", ["whenScaled"] = "Retain" } },
    };
}
