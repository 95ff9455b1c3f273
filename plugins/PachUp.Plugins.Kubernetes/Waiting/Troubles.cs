using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Finds out why workloads, pods and claims are not ready, with the reasons and events of the server.</summary>
internal sealed class Troubles
{
    private readonly IReadOnlyList<JsonObject> _warnings;

    private Troubles(IReadOnlyList<JsonObject> warnings) => _warnings = warnings;

    /// <summary>The reasons; empty if none is known.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="unready">The workloads that are not ready.</param>
    /// <param name="pods">The pods.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="claims">Selects the claims.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(
        KubeApi api, IReadOnlyList<JsonObject> unready, IReadOnlyList<JsonObject> pods, CancellationToken cancellationToken, string claims = Labels.Suite)
    {
        var troubles = new Troubles(await api.ListAsync("Event", "", cancellationToken, "type=Warning"));
        var ofClaims = await api.ListAsync("PersistentVolumeClaim", claims, cancellationToken);
        return
        [
            .. pods.Where(pod => !PodState.IsReady(pod)).SelectMany(troubles.OfPod),
            .. ofClaims.Select(troubles.OfClaim).OfType<string>(),
            .. unready.Select(troubles.OfWorkload).OfType<string>(),
        ];
    }

    private IEnumerable<string> OfPod(JsonObject pod)
    {
        var known = PodState.TroublesOf(pod).ToList();
        return known.Count > 0 || LastAbout(pod) is not { Length: > 0 } warning ? known : [$"pod {pod.Name()}: {warning}"];
    }

    private string? OfClaim(JsonObject claim) => claim.At("status")?.Text("phase") is "Pending" or "Lost"
        ? $"claim {claim.Name()} is {claim.At("status")!.Text("phase").ToLowerInvariant()}{(LastAbout(claim) is { Length: > 0 } warning ? $": {warning}" : "")}"
        : null;

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
