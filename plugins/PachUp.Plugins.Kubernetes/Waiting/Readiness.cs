using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Waits until workloads are ready, or until pods are gone, and says meanwhile what they wait for.</summary>
internal sealed class Readiness(KubeApi api, IStepExecution execution)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Waits until every workload runs what it should.</summary>
    /// <exception cref="StepFailedException">That did not happen in time; the message says what was in the way.</exception>
    public Task UntilReadyAsync(TimeSpan timeout, CancellationToken cancellationToken) => UntilAsync(
        "ready",
        async () =>
        {
            var suite = await Suite.ReadAsync(api, cancellationToken);
            return [.. suite.Deployed.Objects.Where(value => DeployedKinds.Workloads.Contains(value.Kind()) && !IsReady(value)).Select(Describe)];
        },
        timeout,
        cancellationToken);

    /// <summary>Waits until no pod of Pachyderm is left.</summary>
    /// <exception cref="StepFailedException">That did not happen in time; the message names the pods.</exception>
    public Task UntilGoneAsync(TimeSpan timeout, CancellationToken cancellationToken) => UntilAsync(
        "gone",
        async () => [.. (await api.ListAsync("Pod", Labels.Suite, cancellationToken)).Where(pod => !Suite.IsForeign(pod)).Select(pod => $"pod {pod.Name()}")],
        timeout,
        cancellationToken);

    private async Task UntilAsync(string state, Func<Task<List<string>>> lookAsync, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var begun = execution.Time.GetTimestamp();
        while (await lookAsync() is { Count: > 0 } waiting)
        {
            var troubles = state == "ready" ? await PodTroubles.FindAsync(api, cancellationToken) : [];
            var left = timeout - execution.Time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                throw new StepFailedException(
                    $"after {timeout} not everything is {state}: {string.Join("; ", [.. waiting, .. troubles])}",
                    $"Look with \"kubectl -n {api.Namespace} describe pods -l {Labels.Suite}\", remove what is in the way, and resume the run.");
            }

            var until = execution.Time.GetLocalNow().Add(left);
            execution.Progress.Report(new StepProgress($"waiting until {until:HH:mm:ss} for {string.Join("; ", [.. waiting, .. troubles])}"));
            await Task.Delay(Pause < left ? Pause : left, execution.Time, cancellationToken);
        }
    }

    private static bool IsReady(JsonObject workload)
    {
        var wanted = workload.Spec()["replicas"] is null ? 1 : workload.Spec().Number("replicas");
        var status = workload.At("status") ?? [];
        var isObserved = status.Number("observedGeneration") >= workload.Metadata().Number("generation");
        var isUpdated = workload.Kind() == "ReplicationController" || status.Number("updatedReplicas") >= wanted;
        return isObserved && isUpdated && status.Number("readyReplicas") >= wanted;
    }

    private static string Describe(JsonObject workload)
    {
        var wanted = workload.Spec()["replicas"] is null ? 1 : workload.Spec().Number("replicas");
        return $"{workload.Title()}: {workload.At("status")?.Number("readyReplicas") ?? 0} of {wanted} pods ready";
    }
}
