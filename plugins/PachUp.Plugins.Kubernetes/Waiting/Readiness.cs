using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Waits until workloads are ready, or until pods are deleted, and reports what it waits for.</summary>
internal sealed class Readiness(KubeApi api, IStepExecution execution)
{
    // Changes of pods are noticed at once, other changes after a pause, which grows while nothing happens.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Waits until every workload is ready.</summary>
    /// <exception cref="StepFailedException">They were not ready in time; the message says why.</exception>
    public Task UntilReadyAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var failures = new StartFailures(execution.Time);
        return UntilAsync(
            "ready",
            token => WorkloadStatus.LookAsync(api, token),
            sight => sight.Unready.Count == 0 ? [] : [.. sight.Unready, .. sight.Troubles],
            sight => sight.Pods,
            timeout,
            cancellationToken,
            failureOf: failures.Find);
    }

    /// <summary>Waits until pods of pachd are gone and another one is ready.</summary>
    /// <param name="old">The uids of these pods.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">No other pod was ready in time; the message says why.</exception>
    public Task UntilReplacedAsync(IReadOnlySet<string> old, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var failures = new StartFailures(execution.Time);
        return UntilAsync(
            "ready",
            token => WorkloadStatus.LookAsync(api, token, Labels.Pachd),
            sight => sight.AreReplaced(old) ? [] : ["a new pod of pachd", .. sight.Unready, .. sight.Troubles],
            sight => sight.Pods,
            timeout,
            cancellationToken,
            failures.Find);
    }

    /// <summary>Waits until no pod of Pachyderm exists.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="pods">Selects the pods.</param>
    /// <exception cref="StepFailedException">Pods still exist after the timeout; the message names them.</exception>
    public Task UntilGoneAsync(TimeSpan timeout, CancellationToken cancellationToken, string pods = Labels.Suite) =>
        UntilAsync("gone", token => WorkloadStatus.LookAtPodsAsync(api, pods, token), sight => sight.Pods, _ => [], timeout, cancellationToken);

    private async Task UntilAsync(
        string state,
        Func<CancellationToken, Task<WorkloadStatus>> lookAsync,
        Func<WorkloadStatus, IReadOnlyList<string>> waitingFor,
        Func<WorkloadStatus, IReadOnlyList<string>> details,
        TimeSpan timeout,
        CancellationToken cancellationToken,
        Func<WorkloadStatus, StartFailure?>? failureOf = null)
    {
        var begun = execution.Time.GetTimestamp();
        var until = execution.Time.GetLocalNow() + timeout;
        var pause = Pause;
        while (true)
        {
            var sight = await lookAsync(cancellationToken);
            if (waitingFor(sight) is not { Count: > 0 } waiting)
            {
                return;
            }

            if (failureOf?.Invoke(sight) is { } failure)
            {
                throw await StoppedAsync(failure, waiting, cancellationToken);
            }

            var left = timeout - execution.Time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                throw new StepFailedException(
                    $"after {timeout}, still not {state}: {string.Join("; ", waiting)}",
                    $"Look with \"kubectl -n {api.Namespace} describe pods -l {Labels.Suite}\", and remove the cause. Then resume the run, or roll it back.")
                {
                    Details = [.. await LogsAsync(sight.UnreadyPods, cancellationToken)],
                };
            }

            var news = $"waiting until {until:HH:mm:ss} for {string.Join("; ", waiting)}{Listed(details(sight))}";
            execution.Progress.Report(new StepProgress(news) { IsNews = true });
            var hasChanged = await PodChange.WaitAsync(api, Labels.Suite, sight.Version, Shorter(pause, left), execution.Time, cancellationToken);
            pause = hasChanged ? Pause : Shorter(2 * pause, LongestPause);
        }
    }

    private async Task<StepFailedException> StoppedAsync(StartFailure failure, IReadOnlyList<string> waiting, CancellationToken cancellationToken) => new(
        $"{failure.Found}. PachUp does not wait longer for {string.Join("; ", waiting)}",
        $"Remove the cause (\"kubectl -n {api.Namespace} describe pods -l {Labels.Suite}\" shows more). Then resume the run, or roll it back.")
    {
        Details =
        [
            .. failure.Pod is { } pod ? await Evidence.LogsOfAsync(api, pod, cancellationToken) : [],
            .. await Evidence.EventsOfAsync(api, failure.About, cancellationToken),
        ],
    };

    private async Task<IReadOnlyList<string>> LogsAsync(IEnumerable<JsonObject> pods, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var pod in pods)
        {
            lines.AddRange(await Evidence.LogsOfAsync(api, pod, cancellationToken));
        }

        return lines;
    }

    private static string Listed(IReadOnlyList<string> pods) => pods.Count > 0 ? $" [{string.Join(", ", pods)}]" : "";

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
