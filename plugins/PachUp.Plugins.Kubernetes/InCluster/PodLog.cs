using System.Globalization;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>The log of a pod. Each line is read once, also if the connection breaks.</summary>
/// <param name="api">The namespace of the pod.</param>
/// <param name="pod">The pod.</param>
/// <param name="tell">Receives each line.</param>
internal sealed class PodLog(KubeApi api, string pod, Action<string> tell)
{
    // The server accepts only whole seconds, so it sends the lines of the last second again.
    private DateTime _second;
    private int _linesOfSecond;

    /// <summary>Reads the lines that were not read yet.</summary>
    /// <param name="follow">Whether to wait for more until the container ends.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="KubeException">The server refused it.</exception>
    /// <exception cref="IOException">The connection was lost; another call reads the rest.</exception>
    public async Task ReadAsync(bool follow, CancellationToken cancellationToken)
    {
        var known = _linesOfSecond;
        await foreach (var line in api.Transport.ReadLinesAsync(Path(follow), cancellationToken))
        {
            // The node writes its own errors into the log, without a time.
            if (Split(line) is not { } timed)
            {
                tell(line);
                continue;
            }

            var (second, text) = timed;
            if (second == _second && known > 0)
            {
                known--;
                continue;
            }

            _linesOfSecond = second == _second ? _linesOfSecond + 1 : 1;
            _second = second;
            tell(text);
        }
    }

    private string Path(bool follow)
    {
        var since = _linesOfSecond > 0 ? $"&sinceTime={_second.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}" : "";
        return $"{api.Catalogue.Get("Pod").PathOf(api.Namespace, pod)}/log?timestamps=true&follow={(follow ? "true" : "false")}{since}";
    }

    private static (DateTime Second, string Text)? Split(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return DateTimeOffset.TryParse(end < 0 ? line : line[..end], CultureInfo.InvariantCulture, out var time)
            ? (time.UtcDateTime.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)), end < 0 ? "" : line[(end + 1)..])
            : null;
    }
}
