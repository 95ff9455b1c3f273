using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>
/// Finds what keeps workloads from starting and does not pass by itself, so that a run stops after minutes and not at its deadline. It remembers what it
/// saw, because most troubles are normal for a moment.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class StartFailures(TimeProvider time)
{
    /// <summary>The number of restarts of a container after which it counts as failed.</summary>
    public const int MostRestarts = 5;

    /// <summary>How long a pod may be refused, have no node or not get its image, and a claim be without a volume after a warning about it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly HashSet<string> PullReasons =
        ["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError", "RegistryUnavailable"];

    private readonly Dictionary<string, long> _since = [];
    private readonly Dictionary<string, int> _restartsBefore = [];

    /// <summary>What will not pass by itself; null if everything still may start.</summary>
    public StartFailure? Find(WorkloadStatus status)
    {
        var containers = status.UnreadyPods.SelectMany(pod => PodState.Containers(pod).Select(container => (Pod: pod, Container: container))).ToList();
        Dictionary<string, StartFailure> lasting = new(
        [
            .. containers.Where(found => PullReasons.Contains(PodState.ReasonOf(found.Container)))
                .Select(found => KeyValuePair.Create(KeyOf(found.Pod, found.Container), NotPulled(found.Pod, found.Container))),
            .. status.UnboundClaims.Where(claim => claim.Warning.Length > 0).Select(claim => KeyValuePair.Create(claim.Uid, NotBound(claim))),
            .. status.UnscheduledPods.Select(pod => KeyValuePair.Create(pod.Uid(), NotScheduled(pod))),
            .. status.RefusedPods.Select(refused => KeyValuePair.Create(refused.Uid, NotCreated(refused))),
        ]);
        Remember(lasting.Keys);
        return containers.Select(found => Crashed(found.Pod, found.Container)).FirstOrDefault(failure => failure is not null)
            ?? lasting.Where(trouble => HasLastedTooLong(trouble.Key)).Select(trouble => trouble.Value).FirstOrDefault();
    }

    // Restarts from before count, but not alone: the cause may have been removed since.
    private StartFailure? Crashed(JsonObject pod, JsonObject container)
    {
        var restarts = container.Number("restartCount");
        _restartsBefore.TryAdd(KeyOf(pod, container), restarts);
        return restarts < MostRestarts || restarts == _restartsBefore[KeyOf(pod, container)] ? null : new StartFailure(
            $"container {container.Text("name")} of pod {pod.Name()} ended {restarts} times{LastEnd(container)}", pod.Name())
        {
            Pod = pod,
        };
    }

    private static StartFailure NotPulled(JsonObject pod, JsonObject container) => new(
        $"image {container.Text("image")} of pod {pod.Name()} could not be pulled for {Patience.TotalMinutes} minutes: "
            + $"{PodState.ReasonOf(container)}{PodState.Said(container.At("state", "waiting")!.Text("message"))}",
        pod.Name());

    private static StartFailure NotBound(UnboundClaim claim) => new($"claim {claim.Name} has had no volume for {Patience.TotalMinutes} minutes: {claim.Warning}", claim.Name);

    private static StartFailure NotScheduled(JsonObject pod) => new(
        $"pod {pod.Name()} has had no node for {Patience.TotalMinutes} minutes: {PodState.WhyUnscheduled(pod)}", pod.Name());

    private static StartFailure NotCreated(RefusedPods refused) => new(
        $"Kubernetes has not created the pods of {refused.Title} for {Patience.TotalMinutes} minutes: {refused.Warning}", refused.About);

    private static string LastEnd(JsonObject container) => (container.At("state", "terminated") ?? container.At("lastState", "terminated")) is { } ended
        ? $", last with exit code {ended.Number("exitCode")}{PodState.Said(ended.Text("reason"))}"
        : "";

    private void Remember(IReadOnlyCollection<string> seen)
    {
        foreach (var gone in _since.Keys.Except(seen).ToList())
        {
            _since.Remove(gone);
        }

        foreach (var key in seen)
        {
            _since.TryAdd(key, time.GetTimestamp());
        }
    }

    private bool HasLastedTooLong(string key) => time.GetElapsedTime(_since[key]) >= Patience;

    private static string KeyOf(JsonObject pod, JsonObject container) => $"{pod.Uid()}/{container.Text("name")}";
}
