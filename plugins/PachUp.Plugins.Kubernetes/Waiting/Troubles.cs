using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Finds out why workloads, pods and claims are not ready, with the reasons and events of the server.</summary>
internal sealed class Troubles
{
    private readonly ClusterEvents _events;

    private Troubles(ClusterEvents events, IReadOnlyList<JsonObject> unready, IReadOnlyList<JsonObject> pods, IReadOnlyList<JsonObject> claims)
    {
        _events = events;
        Claims = [.. claims.Where(IsUnbound).Select(claim => new UnboundClaim(claim.Name(), claim.Uid(), PhaseOf(claim), _events.LastAbout(claim)))];
        Refused = [.. unready.Select(OfWorkload).OfType<RefusedPods>()];
        Unscheduled = [.. pods.Where(pod => PodState.WhyUnscheduled(pod).Length > 0 && !WaitsForClaim(pod) && !_events.BringANodeFor(pod))];
        Texts =
        [
            .. pods.Where(pod => !PodState.IsReady(pod)).SelectMany(OfPod),
            .. Claims.Select(claim => claim.ToString()),
            .. Refused.Select(refused => $"{refused.Title}: {refused.Warning}"),
        ];
    }

    /// <summary>The reasons in words; empty if none is known.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The claims without a volume.</summary>
    public IReadOnlyList<UnboundClaim> Claims { get; }

    /// <summary>The workloads whose pods the server refuses.</summary>
    public IReadOnlyList<RefusedPods> Refused { get; }

    /// <summary>The pods that have no node, and get none by themselves.</summary>
    public IReadOnlyList<JsonObject> Unscheduled { get; }

    /// <summary>Reads the reasons.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="unready">The workloads that are not ready.</param>
    /// <param name="pods">The pods.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="claims">Selects the claims.</param>
    public static async Task<Troubles> ReadAsync(
        KubeApi api, IReadOnlyList<JsonObject> unready, IReadOnlyList<JsonObject> pods, CancellationToken cancellationToken, string claims = Labels.Suite)
    {
        return new Troubles(
            new ClusterEvents(await api.ListAsync("Event", "", cancellationToken)), unready, pods, await api.ListAsync("PersistentVolumeClaim", claims, cancellationToken));
    }

    private static bool IsUnbound(JsonObject claim) => claim.At("status")?.Text("phase") is "Pending" or "Lost";

    private static string PhaseOf(JsonObject claim) => claim.At("status")!.Text("phase").ToLowerInvariant();

    // The scheduler reports this of a pod until the volume exists; whether it comes is known from the claim.
    private static bool WaitsForClaim(JsonObject pod) => PodState.WhyUnscheduled(pod).Contains("PersistentVolumeClaims", StringComparison.Ordinal);

    private IEnumerable<string> OfPod(JsonObject pod)
    {
        var known = PodState.TroublesOf(pod).ToList();
        return known.Count > 0 || _events.LastAbout(pod) is not { Length: > 0 } warning ? known : [$"pod {pod.Name()}: {warning}"];
    }

    private RefusedPods? OfWorkload(JsonObject workload) => Workload.HasAllPods(workload) ? null : _events.RefusalOf(workload);
}

/// <summary>A claim without a volume.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid.</param>
/// <param name="Phase">Its state: <c>pending</c> or <c>lost</c>.</param>
/// <param name="Warning">The last warning about it; empty if there is none.</param>
internal sealed record UnboundClaim(string Name, string Uid, string Phase, string Warning)
{
    /// <inheritdoc/>
    public override string ToString() => $"claim {Name} is {Phase}{(Warning.Length > 0 ? $": {Warning}" : "")}";
}

/// <summary>A workload whose pods the server refuses: a quota or an admission plugin.</summary>
/// <param name="Title">The workload.</param>
/// <param name="Uid">Its uid.</param>
/// <param name="About">The name of the object that the refusal is about: the workload, or the replica set between it and its pods.</param>
/// <param name="Warning">The last refusal.</param>
internal sealed record RefusedPods(string Title, string Uid, string About, string Warning);
