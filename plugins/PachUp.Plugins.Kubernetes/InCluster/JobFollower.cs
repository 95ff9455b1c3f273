using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Waiting;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>Shows what a Job writes until it ends, and before that, why it has not started yet.</summary>
/// <param name="api">The namespace of the Job.</param>
/// <param name="name">The Job.</param>
/// <param name="onLine">Receives each line of its output.</param>
/// <param name="onNotice">Receives news about it for the user.</param>
/// <param name="time">The clock.</param>
internal sealed class JobFollower(KubeApi api, string name, Action<string> onLine, Action<string> onNotice, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(10);

    private PodLog? _log;
    private string? _loggedPod;
    private string _lastNotice = "";
    private long? _silentSince;

    /// <summary>Follows the Job.</summary>
    /// <param name="startTimeout">How long it may take to start.</param>
    /// <param name="cancellationToken">Stops following; the Job continues.</param>
    /// <exception cref="StepFailedException">It did not start in time, or does not exist any more.</exception>
    public async Task<RemoteEnd> FollowAsync(TimeSpan startTimeout, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (await LookAsync(startTimeout - time.GetElapsedTime(begun), cancellationToken) is { } end)
                {
                    return end;
                }

                _silentSince = null;
            }
            catch (Exception e) when (IsOutage(e) && !cancellationToken.IsCancellationRequested)
            {
                Endure(e);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<RemoteEnd?> LookAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        var state = await JobState.ReadAsync(api, name, cancellationToken)
            ?? throw new StepFailedException(
                $"job \"{name}\" in namespace \"{api.Namespace}\" is not there any more: another user deleted it",
                "Its runs are kept on the claim. To continue the last one, use \"pachup apply --in-cluster --resume\".");
        if (state.HasBegun)
        {
            await LogOf(state).ReadAsync(follow: state.Terminated is null, cancellationToken);
        }

        if (state is { HasEndedByItself: true, Terminated: { } ended })
        {
            return new RemoteEnd(ended.Number("exitCode"));
        }

        if (state.EndCondition is { } condition)
        {
            return new RemoteEnd(null, $"Kubernetes ended the job: {condition.Text("reason")} {condition.Text("message")}".TrimEnd() + OutsideReasonOf(state));
        }

        if (state.IsStopped && (state.Pod is null || state.Terminated is not null))
        {
            return new RemoteEnd(null, "another user stopped the job");
        }

        if (state.Terminated is not null)
        {
            Notice($"pod {state.Pod!.Name()} was ended from outside{OutsideReasonOf(state)}; Kubernetes starts another pod, which goes on with the run");
        }
        else if (!state.HasBegun)
        {
            await WaitAsync(state, left, cancellationToken);
        }

        return null;
    }

    private PodLog LogOf(JobState state)
    {
        var pod = state.Pod!.Name();
        if (pod != _loggedPod)
        {
            if (_loggedPod is not null)
            {
                Notice($"pod {pod} goes on with the run of pod {_loggedPod}, which did not end by itself");
            }

            (_log, _loggedPod) = (new PodLog(api, pod, onLine), pod);
        }

        return _log!;
    }

    private static string OutsideReasonOf(JobState state) => state.Terminated is { } terminated
        ? $" ({$"{terminated.Text("reason")} {terminated.Text("message")}".Trim()}, exit code {terminated.Number("exitCode")})"
        : "";

    private async Task WaitAsync(JobState state, TimeSpan left, CancellationToken cancellationToken)
    {
        var troubles = (await Troubles.ReadAsync(api, [state.Job], state.Pod is { } made ? [made] : [], cancellationToken, Labels.PachUp)).Texts;
        var waiting = string.Join("; ", (troubles.Count, state.Pod) switch
        {
            (_, null) => troubles.Prepend($"Kubernetes has not created a pod for job \"{name}\" yet"),
            (0, { } pod) => [$"pod {pod.Name()} has not started yet"],
            _ => troubles,
        });
        if (left <= TimeSpan.Zero)
        {
            throw new StepFailedException(
                $"job \"{name}\" did not start in time: {waiting}{(state.Pod is null ? " (does the controller manager of this cluster run?)" : "")}",
                "Remove the cause and follow the job again with the same command, or delete the job. Pachyderm was not changed.");
        }

        Notice($"waiting: {waiting}");
    }

    private static bool IsOutage(Exception e) =>
        e is IOException or HttpRequestException or OperationCanceledException or KubeException { Code: 0 or >= 500 };

    private void Endure(Exception e)
    {
        _silentSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(_silentSince.Value) > LongestOutage)
        {
            throw new StepFailedException(
                $"lost the connection to job \"{name}\": {e.Message}", "The job continues by itself. When the API server answers again, follow the job with the same command.", e);
        }

        Notice($"lost the connection to the API server, trying again; the job continues ({e.Message})");
    }

    private void Notice(string text)
    {
        if (text != _lastNotice)
        {
            _lastNotice = text;
            onNotice(text);
        }
    }
}
