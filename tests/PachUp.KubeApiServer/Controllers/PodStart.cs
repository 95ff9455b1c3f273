using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Controllers;

/// <summary>
/// The states of a pod that starts, as recorded from a real cluster, one after another: pending, assigned to a node, running but not ready, ready.
/// </summary>
internal static class PodStart
{
    /// <summary>The status of a pod that was just created.</summary>
    public static JsonObject Created() => new() { ["phase"] = "Pending" };

    /// <summary>The status of a pod for which the scheduler finds no node.</summary>
    public static JsonObject Unscheduled(string why)
    {
        var condition = Condition("PodScheduled", isTrue: false);
        condition["reason"] = "Unschedulable";
        condition["message"] = why;
        return new JsonObject { ["phase"] = "Pending", ["conditions"] = new JsonArray(condition) };
    }

    /// <summary>Whether the scheduler has found no node for a pod.</summary>
    public static bool IsUnscheduled(JsonObject pod) =>
        pod.Child("status").Items("conditions").Any(condition => condition.Text("type") == "PodScheduled" && condition.Text("status") == "False");

    /// <summary>Moves a pod to its next state.</summary>
    /// <returns>Whether it is ready now.</returns>
    public static bool Advance(JsonObject pod)
    {
        var isScheduled = pod.Child("status").Items("conditions").Any();
        var isRunning = pod.Child("status").Text("phase") == "Running";
        pod["status"] = (isScheduled, isRunning) switch
        {
            (false, _) => Scheduled(),
            (true, false) => Running(pod, isReady: false),
            _ => Running(pod, isReady: true),
        };
        return isRunning;
    }

    /// <summary>Whether the next state of a pod is that it is ready.</summary>
    public static bool IsLast(JsonObject pod) => pod.Child("status").Text("phase") == "Running";

    private static JsonObject Scheduled() => new() { ["phase"] = "Pending", ["conditions"] = new JsonArray(Condition("PodScheduled", isTrue: true)) };

    private static JsonObject Running(JsonObject pod, bool isReady)
    {
        var ready = Condition("Ready", isReady);
        if (!isReady)
            ready["reason"] = "ContainersNotReady";

        return new JsonObject
        {
            ["phase"] = "Running",
            ["conditions"] = new JsonArray(Condition("Initialized", isTrue: true), ready, Condition("PodScheduled", isTrue: true)),
            ["containerStatuses"] = new JsonArray([.. pod.Spec().Items("containers").Select(container => (JsonNode)StatusOf(container, isReady))]),
        };
    }

    private static JsonObject StatusOf(JsonObject container, bool isReady) => new JsonObject
    {
        ["name"] = container.Text("name"),
        ["image"] = container.Text("image"),
        ["ready"] = isReady,
        ["restartCount"] = 0,
        ["state"] = new JsonObject { ["running"] = new JsonObject() },
    };

    private static JsonObject Condition(string type, bool isTrue) => new() { ["type"] = type, ["status"] = isTrue ? "True" : "False" };
}
