using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>
/// The connections that clients opened before a fence. They stay open, because a service and a network policy only decide about new ones, and so they end with
/// the pod that they lead to: Kubernetes starts another pod, which no client reaches.
/// </summary>
internal sealed class OpenConnections(KubeApi api, IStepExecution execution)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Ends them, and waits until another pod is ready. Doing it again is harmless.</summary>
    /// <exception cref="StepFailedException">No other pod is ready in time; the message says why.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var old = await api.ListAsync("Pod", Labels.Pachd, cancellationToken);
        foreach (var pod in old)
        {
            await api.DeleteAsync(pod, cancellationToken);
        }

        if (old.Count > 0)
        {
            await UntilReplacedAsync(old.Select(pod => pod.Uid()).ToHashSet(StringComparer.Ordinal), cancellationToken);
        }
    }

    private async Task UntilReplacedAsync(HashSet<string> old, CancellationToken cancellationToken)
    {
        var begun = execution.Time.GetTimestamp();
        while (true)
        {
            var (pods, version) = await api.ListAtAsync("Pod", Labels.Pachd, cancellationToken);
            if (pods.Any(PodState.IsReady) && !pods.Any(pod => old.Contains(pod.Uid())))
            {
                return;
            }

            if (execution.Time.GetElapsedTime(begun) > Timeout)
            {
                throw new StepFailedException(
                    $"after {Timeout}, no new pod of pachd is ready: {string.Join("; ", Describe(pods))}",
                    $"Look with \"kubectl -n {api.Namespace} describe pods -l {Labels.Pachd}\", and remove the cause. Then resume the run, or roll it back.");
            }

            execution.Progress.Report(new StepProgress($"waiting for a new pod of pachd: {string.Join("; ", Describe(pods))}"));
            await PodChange.WaitAsync(api, Labels.Pachd, version, Pause, execution.Time, cancellationToken);
        }
    }

    private static IReadOnlyList<string> Describe(IReadOnlyList<JsonObject> pods) =>
        pods.Count == 0 ? ["there is none yet"] : [.. pods.SelectMany(pod => PodState.TroublesOf(pod).Prepend(PodState.Describe(pod)))];
}
