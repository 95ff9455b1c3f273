using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Finds out why workloads, pods and claims are not ready, with the reasons and events of the server.</summary>
internal sealed class Troubles
{
    // Some releases report this about a claim without a volume as a normal event.
    private const string Unbound = "FailedBinding";

    private readonly IReadOnlyList<JsonObject> _warnings;

    private Troubles(IReadOnlyList<JsonObject> warnings, IReadOnlyList<JsonObject> unready, IReadOnlyList<JsonObject> pods, IReadOnlyList<JsonObject> claims)
    {
        _warnings = warnings;
        Claims = [.. claims.Where(IsUnbound).Select(claim => new UnboundClaim(claim.Name(), claim.Uid(), PhaseOf(claim), LastAbout(claim)))];
        Texts =
        [
            .. pods.Where(pod => !PodState.IsReady(pod)).SelectMany(OfPod),
            .. Claims.Select(claim => claim.ToString()),
            .. unready.Select(OfWorkload).OfType<string>(),
        ];
    }

    /// <summary>The reasons in words; empty if none is known.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The claims without a volume.</summary>
    public IReadOnlyList<UnboundClaim> Claims { get; }

    /// <summary>Reads the reasons.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="unready">The workloads that are not ready.</param>
    /// <param name="pods">The pods.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="claims">Selects the claims.</param>
    public static async Task<Troubles> ReadAsync(
        KubeApi api, IReadOnlyList<JsonObject> unready, IReadOnlyList<JsonObject> pods, CancellationToken cancellationToken, string claims = Labels.Suite)
    {
        var events = await api.ListAsync("Event", "", cancellationToken);
        return new Troubles(
            [.. events.Where(happened => happened.Text("type") == "Warning" || happened.Text("reason") == Unbound)],
            unready,
            pods,
            await api.ListAsync("PersistentVolumeClaim", claims, cancellationToken));
    }

    private static bool IsUnbound(JsonObject claim) => claim.At("status")?.Text("phase") is "Pending" or "Lost";

    private static string PhaseOf(JsonObject claim) => claim.At("status")!.Text("phase").ToLowerInvariant();

    private IEnumerable<string> OfPod(JsonObject pod)
    {
        var known = PodState.TroublesOf(pod).ToList();
        return known.Count > 0 || LastAbout(pod) is not { Length: > 0 } warning ? known : [$"pod {pod.Name()}: {warning}"];
    }

    // If a quota or an admission plugin prevents a pod, the warning is about the workload, or about the replica set between it and the pod.
    private string? OfWorkload(JsonObject workload)
    {
        var made = workload.Metadata().Text("creationTimestamp");
        var warning = _warnings.LastOrDefault(happened => happened.Text("reason") == "FailedCreate"
            && IsAboutWorkload(happened.At("involvedObject")?.Text("name") ?? "", workload.Name())
            && string.CompareOrdinal(happened.Text("lastTimestamp"), made) >= 0);
        return warning is null ? null : $"{workload.Title()}: {Describe(warning)}";
    }

    private static bool IsAboutWorkload(string name, string workload) => name == workload || name.StartsWith(workload + "-", StringComparison.Ordinal);

    private string LastAbout(JsonObject value)
    {
        var warning = _warnings.LastOrDefault(happened => happened.At("involvedObject") is { } about
            && about.Text("name") == value.Name()
            && (about.Text("uid").Length == 0 || about.Text("uid") == value.Uid()));
        return warning is null ? "" : Describe(warning);
    }

    private static string Describe(JsonObject warning) => $"{warning.Text("reason")}{PodState.Said(warning.Text("message"))}";
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
