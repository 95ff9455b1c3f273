using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Waiting;

/// <summary>Pauses until a pod changes.</summary>
internal static class PodChange
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns when a pod changed, or after a time. If the pods cannot be watched, it just waits.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="pods">Selects the pods.</param>
    /// <param name="version">The version of the list that was looked at.</param>
    /// <param name="atMost">The longest pause.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether a pod changed.</returns>
    public static async Task<bool> WaitAsync(KubeApi api, string pods, string version, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(atMost < ShortestPause ? atMost : ShortestPause, time, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(atMost, time, end.Token);
        var change = ChangeAsync(api, pods, version, end.Token);
        if (await Task.WhenAny(pause, change) == change && !await change)
        {
            await pause;
        }

        await end.CancelAsync();
        var hasChanged = await change;
        cancellationToken.ThrowIfCancellationRequested();
        return hasChanged;
    }

    /// <returns>Whether a pod changed. If the watch fails, the method just waits for the rest of the pause.</returns>
    private static async Task<bool> ChangeAsync(KubeApi api, string pods, string version, CancellationToken cancellationToken)
    {
        try
        {
            await api.UntilChangeAsync("Pod", pods, version, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is KubeException or IOException or OperationCanceledException)
        {
            // The watch failed: its history is too short, the connection was lost, a permission is missing, or the pause has ended.
            return false;
        }
    }
}
