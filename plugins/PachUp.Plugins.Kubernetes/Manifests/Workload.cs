using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>The progress of a workload.</summary>
internal static class Workload
{
    /// <summary>Whether it is ready.</summary>
    public static bool IsReady(JsonObject workload)
    {
        var status = workload.At("status") ?? [];
        var wanted = WantedPods(workload);
        var isUpdated = workload.Kind() == "ReplicationController" || status.Number("updatedReplicas") >= wanted;
        return IsObserved(workload) && isUpdated && EarlierPods(workload) == 0 && status.Number("readyReplicas") >= wanted;
    }

    /// <summary>Whether all its pods were created, ready or not.</summary>
    public static bool HasAllPods(JsonObject workload) => workload.At("status") is { } status && status.Number("replicas") >= WantedPods(workload);

    /// <summary>Its progress, in words.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="isReasonKnown">Whether it is known why workloads wait. Then it is not said that no controller has looked at this one.</param>
    public static string Describe(JsonObject workload, bool isReasonKnown) => isReasonKnown || IsObserved(workload)
        ? $"{workload.Title()}: {(workload.At("status") ?? []).Number("readyReplicas")} of {WantedPods(workload)} pods ready"
            + (EarlierPods(workload) is > 0 and var earlier ? $", {earlier} of them with its earlier settings" : "")
        : $"{workload.Title()}: no controller of Kubernetes has looked at it yet";

    /// <summary>Whether a controller creates its pods, and any are wanted.</summary>
    public static bool KeepsPods(JsonObject workload) => IsObserved(workload) && WantedPods(workload) > 0;

    /// <summary>The wanted number of pods.</summary>
    public static int WantedPods(JsonObject workload) => workload.Spec()["replicas"] is null ? 1 : workload.Spec().Number("replicas");

    // A deployment keeps a ready pod of before until the new one is ready.
    private static int EarlierPods(JsonObject workload) => workload.Kind() == "ReplicationController" || workload.At("status") is not { } status
        ? 0
        : Math.Max(0, status.Number("replicas") - status.Number("updatedReplicas"));

    private static bool IsObserved(JsonObject workload) =>
        workload.At("status")?["observedGeneration"] is not null && workload.At("status")!.Number("observedGeneration") >= workload.Metadata().Number("generation");
}
