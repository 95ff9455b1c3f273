using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>The events of a namespace, and what they say about an object.</summary>
internal sealed class ClusterEvents(IReadOnlyList<JsonObject> events)
{
    // Some releases report this about a claim without a volume as a normal event.
    private const string Unbound = "FailedBinding";

    private readonly IReadOnlyList<JsonObject> _events = [.. events.OrderBy(TimeOf, StringComparer.Ordinal)];

    /// <summary>When an event happened last. Events of newer schedulers have another field for it.</summary>
    public static string TimeOf(JsonObject happened) =>
        new[] { happened.Text("lastTimestamp"), happened.At("series")?.Text("lastObservedTime"), happened.Text("eventTime") }
            .FirstOrDefault(time => !string.IsNullOrEmpty(time)) ?? happened.Metadata().Text("creationTimestamp");

    /// <summary>The last warning about an object; empty if there is none.</summary>
    public string LastAbout(JsonObject value) => _events.LastOrDefault(happened => IsAbout(happened, value) && IsWarning(happened, value)) is { } warning ? Describe(warning) : "";

    /// <summary>Why the server refused to create a pod of a workload; null if it did not.</summary>
    public RefusedPods? RefusalOf(JsonObject workload) =>
        _events.LastOrDefault(happened => happened.Text("reason") == "FailedCreate"
            && IsAboutWorkload(NameIn(happened), workload.Name())
            && string.CompareOrdinal(TimeOf(happened), workload.Metadata().Text("creationTimestamp")) >= 0) is { } refusal
            ? new RefusedPods(workload.Title(), workload.Uid(), NameIn(refusal), Describe(refusal))
            : null;

    /// <summary>Whether an autoscaler is adding a node for a pod.</summary>
    public bool BringANodeFor(JsonObject pod) => _events.Any(happened => happened.Text("reason") == "TriggeredScaleUp" && IsAbout(happened, pod));

    // A claim whose provisioner is not running waits without a warning. A provisioner that works on it says so.
    private bool IsWarning(JsonObject happened, JsonObject value) =>
        happened.Text("type") == "Warning"
        || happened.Text("reason") == Unbound
        || (happened.Text("reason") == "ExternalProvisioning" && !_events.Any(other => other.Text("reason") == "Provisioning" && IsAbout(other, value)));

    private static bool IsAbout(JsonObject happened, JsonObject value) => happened.At("involvedObject") is { } about
        && about.Text("name") == value.Name()
        && (about.Text("uid").Length == 0 || about.Text("uid") == value.Uid());

    private static bool IsAboutWorkload(string name, string workload) => name == workload || name.StartsWith(workload + "-", StringComparison.Ordinal);

    private static string NameIn(JsonObject happened) => happened.At("involvedObject")?.Text("name") ?? "";

    private static string Describe(JsonObject warning) => $"{warning.Text("reason")}{PodState.Said(warning.Text("message"))}";
}
