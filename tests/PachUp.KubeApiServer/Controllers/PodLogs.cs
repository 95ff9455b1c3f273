using System.Globalization;
using Microsoft.AspNetCore.Http;
using PachUp.KubeApiServer.Requests;

namespace PachUp.KubeApiServer.Controllers;

/// <summary>The logs of pods, with the time of each line.</summary>
public sealed class PodLogs
{
    private readonly Dictionary<(string Namespace, string Pod, bool IsPrevious), Log> _logs = [];

    /// <summary>The number of lines after which the connection of the next reader is closed once; 0 for never.</summary>
    public int CutOffAfter { get; set; }

    /// <summary>The number of readers so far.</summary>
    public int Readers { get; private set; }

    /// <summary>Adds a line to the log of a container.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="line">The line.</param>
    /// <param name="time">Its time; null for now.</param>
    public void Append(string ns, string pod, string line, DateTime? time = null)
    {
        var stamp = (time ?? DateTime.UtcNow).ToString("yyyy-MM-ddTHH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        Change(ns, pod, isPrevious: false, log => log.Lines.Add((stamp, line)));
    }

    /// <summary>Adds a line to the log of the start of a container before the last one.</summary>
    public void AppendPrevious(string ns, string pod, string line) => Change(ns, pod, isPrevious: true, log => log.Lines.Add(("2026-01-01T00:00:00Z", line)));

    /// <summary>Adds an error of the node, which has no time.</summary>
    public void AppendError(string ns, string pod, string line) => Change(ns, pod, isPrevious: false, log => log.Lines.Add(("", line)));

    /// <summary>Marks a container as ended.</summary>
    public void End(string ns, string pod) => Change(ns, pod, isPrevious: false, log => log.HasEnded = true);

    internal async Task ServeAsync(ResourcePath path, HttpContext context)
    {
        var query = context.Request.Query;
        var (follows, since) = (query["follow"] == "true", query["sinceTime"].ToString());
        var (isTimed, isPrevious) = (query["timestamps"] == "true", query["previous"] == "true");
        Readers++;
        context.Response.ContentType = "text/plain";
        for (var next = 0; ;)
        {
            var (lines, hasEnded, changed) = Read(path.Namespace, path.Name, isPrevious);
            next = int.TryParse(query["tailLines"], NumberStyles.None, CultureInfo.InvariantCulture, out var tail) ? Math.Max(next, lines.Count - tail) : next;
            foreach (var (stamp, line) in lines.Skip(next))
            {
                next++;
                if (stamp.Length == 0 || string.CompareOrdinal(stamp, since.TrimEnd('Z')) >= 0)
                {
                    await context.Response.WriteAsync(stamp.Length == 0 || !isTimed ? $"{line}\n" : $"{stamp} {line}\n", context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    if (CutOffAfter > 0 && --CutOffAfter == 0)
                    {
                        context.Abort();
                        return;
                    }
                }
            }

            if (hasEnded || !follows)
                return;

            await changed.WaitAsync(context.RequestAborted);
        }
    }

    private (List<(string Stamp, string Line)> Lines, bool HasEnded, Task Changed) Read(string ns, string pod, bool isPrevious)
    {
        lock (_logs)
        {
            var log = LogOf(ns, pod, isPrevious);
            return ([.. log.Lines], log.HasEnded, log.Changed.Task);
        }
    }

    private void Change(string ns, string pod, bool isPrevious, Action<Log> change)
    {
        TaskCompletionSource changed;
        lock (_logs)
        {
            var log = LogOf(ns, pod, isPrevious);
            change(log);
            changed = log.Changed;
            log.Changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private Log LogOf(string ns, string pod, bool isPrevious)
    {
        if (!_logs.TryGetValue((ns, pod, isPrevious), out var log))
            _logs[(ns, pod, isPrevious)] = log = new Log();

        return log;
    }

    private sealed class Log
    {
        public List<(string Stamp, string Line)> Lines { get; } = [];

        public bool HasEnded { get; set; }

        public TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
