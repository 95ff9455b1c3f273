using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Undeploying;

/// <summary>
/// Removes a deployment. pachd ends first, because it makes deleted objects of its workers again; then the objects of the workers are deleted, then
/// all others, and at last what came back meanwhile. Objects that hold data stay if the scope says so; before anything is deleted, their volumes get a
/// reclaim policy that keeps them. Objects with the suite label that Pachyderm did not make always stay.
/// </summary>
internal sealed class Undeployment(KubeApi api, Suite suite, UndeployScope scope)
{
    /// <summary>The objects to delete, last created first, including workers.</summary>
    public IReadOnlyList<JsonObject> ToDelete => [.. suite.Workers, .. Others];

    /// <summary>The deployment as it was before.</summary>
    public DeploymentManifests Before => suite.Deployed;

    /// <summary>The objects that hold data and stay.</summary>
    public IReadOnlyList<JsonObject> Kept => [.. suite.Deployed.Objects.Where(HoldsKeptData)];

    /// <summary>The accounts, roles and secrets that the next deployment uses again.</summary>
    public IReadOnlyList<JsonObject> UsedAgain => [.. suite.Deployed.Objects.Where(IsUsedAgain)];

    /// <summary>The objects that Pachyderm did not make and that stay.</summary>
    public IReadOnlyList<JsonObject> Foreign => suite.Foreign;

    /// <summary>The volumes that Kubernetes would delete together with their claims.</summary>
    public IReadOnlyList<JsonObject> ToRetain =>
        [.. Kept.Where(value => value.Kind() == "PersistentVolume" && RetainedVolumes.IsDeletedWithClaim(value))];

    /// <summary>The stateful sets with which Kubernetes would delete claims that stay.</summary>
    public IReadOnlyList<JsonObject> ToDisown => scope.KeepsVolumes ? [.. Others.Where(ClaimRetention.DeletesClaims)] : [];

    /// <summary>Whether pachd is stopped already, by an earlier attempt.</summary>
    public bool HasBegun => suite.Pachds.All(pachd => Workload.WantedPods(pachd) == 0);

    /// <summary>Reads the objects.</summary>
    public static async Task<Undeployment> OfAsync(KubeApi api, UndeployScope scope, CancellationToken cancellationToken) =>
        new(api, await Suite.ReadAsync(api, cancellationToken), scope);

    /// <summary>Deletes the objects and waits until their pods are gone; doing it again is harmless.</summary>
    /// <param name="readiness">Waits for pods.</param>
    /// <param name="timeout">How long to wait, each time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The number of deleted objects.</returns>
    /// <exception cref="StepFailedException">Pods do not end, or objects of workers come back.</exception>
    public async Task<int> CarryOutAsync(Readiness readiness, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await new RetainedVolumes(api).KeepAsync(ToRetain, cancellationToken);
        await new ClaimRetention(api).KeepAsync(ToDisown, Kept.Where(value => value.Kind() == "PersistentVolumeClaim"), cancellationToken);
        await StopPachdAsync(readiness, timeout, cancellationToken);
        var deleted = await new WorkerObjects(api).DeleteAsync(cancellationToken);
        foreach (var value in Others)
        {
            deleted += await api.DeleteAsync(value, cancellationToken) ? 1 : 0;
        }

        // A replication controller that came back keeps its pods, so those of workers are not waited for before it is deleted.
        await readiness.UntilGoneAsync(timeout, cancellationToken, Labels.NoWorkers);
        deleted += await new WorkerObjects(api).DeleteUntilNoneComesBackAsync(cancellationToken);
        await readiness.UntilGoneAsync(timeout, cancellationToken);
        return deleted;
    }

    private IEnumerable<JsonObject> Others => suite.Deployed.Objects.Where(value => !HoldsKeptData(value) && !IsUsedAgain(value)).Reverse();

    private async Task StopPachdAsync(Readiness readiness, TimeSpan timeout, CancellationToken cancellationToken)
    {
        foreach (var pachd in suite.Pachds.Where(pachd => Workload.WantedPods(pachd) > 0))
        {
            var patch = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 0 } };
            await api.PatchAsync(api.Catalogue.Of(pachd), pachd.Name(), patch, cancellationToken);
        }

        await readiness.UntilGoneAsync(timeout, cancellationToken, Labels.Pachd);
    }

    private bool HoldsKeptData(JsonObject value) => scope.KeepsVolumes && DeployedKinds.Storage.Contains(value.Kind());

    private bool IsUsedAgain(JsonObject value) => scope.KeepsAccess && DeployedKinds.Access.Contains(value.Kind());
}
