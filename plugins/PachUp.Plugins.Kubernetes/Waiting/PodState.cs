using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Describes the state of a pod.</summary>
internal static class PodState
{
    // Reasons that pass by themselves.
    private static readonly HashSet<string> Harmless = ["ContainerCreating", "PodInitializing"];

    /// <summary>Its state in a few words: <c>pachd-0 running, not ready</c>.</summary>
    public static string Describe(JsonObject pod) => $"{pod.Name()} {StateOf(pod)}";

    /// <summary>Whether it accepts calls.</summary>
    public static bool IsReady(JsonObject pod) => Conditions(pod).Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    /// <summary>Why it is not ready, with the server's own reasons.</summary>
    public static IEnumerable<string> TroublesOf(JsonObject pod)
    {
        foreach (var container in Containers(pod))
        {
            if (ReasonOf(container) is { Length: > 0 } reason && !Harmless.Contains(reason))
            {
                yield return $"pod {pod.Name()}, container {container.Text("name")}: {reason}{Said(container.At("state", "waiting")!.Text("message"))}{LastEnd(container)}";
            }
        }

        if (WhyUnscheduled(pod) is { Length: > 0 } why)
        {
            yield return $"pod {pod.Name()} cannot be scheduled: {why}";
        }
    }

    /// <summary>Why there is no node for a pod, in the words of the scheduler; empty if there is one, or if none was looked for yet.</summary>
    public static string WhyUnscheduled(JsonObject pod) =>
        Conditions(pod).FirstOrDefault(condition => condition.Text("type") == "PodScheduled" && condition.Text("status") == "False") is { } condition
            ? $"{condition.Text("reason")}{Said(condition.Text("message"))}"
            : "";

    /// <summary>The containers of a pod, those for its preparation first, by their status.</summary>
    public static IEnumerable<JsonObject> Containers(JsonObject pod) =>
        (pod.At("status")?.Items("initContainerStatuses") ?? []).Concat(pod.At("status")?.Items("containerStatuses") ?? []);

    /// <summary>Why a container waits: <c>ImagePullBackOff</c>; empty if it does not.</summary>
    public static string ReasonOf(JsonObject container) => container.At("state", "waiting")?.Text("reason") ?? "";

    /// <summary>The server's message in brackets; empty if there is none.</summary>
    public static string Said(string message) => message.Length > 0 ? $" ({message.Trim()})" : "";

    private static string StateOf(JsonObject pod) => pod switch
    {
        _ when pod.Metadata()["deletionTimestamp"] is not null => "is terminating",
        _ when IsReady(pod) => "ready",
        _ when Containers(pod).Select(ReasonOf).FirstOrDefault(reason => reason.Length > 0) is { } reason => reason,
        _ when pod.At("status")?.Text("phase") == "Running" => "running, not ready",
        _ => (pod.At("status")?.Text("phase") is { Length: > 0 } phase ? phase : "unknown").ToLowerInvariant(),
    };

    private static string LastEnd(JsonObject container) => container.At("lastState", "terminated") is { } ended
        ? $", ended {container.Number("restartCount")} times, last with exit code {ended.Number("exitCode")}{Said(ended.Text("message"))}"
        : "";

    private static IReadOnlyList<JsonObject> Conditions(JsonObject pod) => pod.At("status")?.Items("conditions") ?? [];
}
