using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Waits until workloads are ready, or until pods are gone, and says meanwhile what they wait for.</summary>
internal sealed class Readiness(KubeApi api, IStepExecution execution)
{
    // Changes of pods are noticed at once, and those of everything else at the end of a pause.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until every workload runs what it should.</summary>
    /// <exception cref="StepFailedException">That did not happen in time; the message says what was in the way.</exception>
    public Task UntilReadyAsync(TimeSpan timeout, CancellationToken cancellationToken) => UntilAsync(
        "ready", sight => sight.Unready.Count == 0 ? [] : [.. sight.Unready, .. sight.Troubles], sight => sight.Pods, timeout, cancellationToken);

    /// <summary>Waits until no pod of Pachyderm is left.</summary>
    /// <exception cref="StepFailedException">That did not happen in time; the message names the pods.</exception>
    public Task UntilGoneAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        UntilAsync("gone", sight => sight.Pods, _ => [], timeout, cancellationToken);

    private async Task UntilAsync(
        string state,
        Func<PodSight, IReadOnlyList<string>> waitingFor,
        Func<PodSight, IReadOnlyList<string>> details,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var begun = execution.Time.GetTimestamp();
        var until = execution.Time.GetLocalNow() + timeout;
        while (true)
        {
            var sight = await PodSight.LookAsync(api, cancellationToken);
            if (waitingFor(sight) is not { Count: > 0 } waiting)
            {
                return;
            }

            var left = timeout - execution.Time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                throw new StepFailedException(
                    $"after {timeout} not everything is {state}: {string.Join("; ", waiting)}",
                    $"Look with \"kubectl -n {api.Namespace} describe pods -l {Labels.Suite}\", remove what is in the way, and resume the run.");
            }

            var news = $"waiting until {until:HH:mm:ss} for {string.Join("; ", waiting)}{Listed(details(sight))}";
            execution.Progress.Report(new StepProgress(news) { IsNews = true });
            await PauseAsync(sight.Version, Pause < left ? Pause : left, cancellationToken);
        }
    }

    private static string Listed(IReadOnlyList<string> pods) => pods.Count > 0 ? $" [{string.Join(", ", pods)}]" : "";

    private async Task PauseAsync(string version, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await Task.Delay(atMost < ShortestPause ? atMost : ShortestPause, execution.Time, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(atMost, execution.Time, end.Token);
        var change = ChangeAsync(version, end.Token);
        if (await Task.WhenAny(pause, change) == change && !await change)
        {
            await pause;
        }

        await end.CancelAsync();
        await change;
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <returns>Whether a pod changed. Whatever keeps the watch from telling costs no more than the rest of the pause.</returns>
    private async Task<bool> ChangeAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            await api.UntilChangeAsync("Pod", Labels.Suite, version, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is KubeException or IOException or OperationCanceledException)
        {
            // History that does not reach back that far, a lost connection, a missing permission, or the end of the pause.
            return false;
        }
    }
}
