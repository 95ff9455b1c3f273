using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.InCluster;

/// <summary>The state of a Job of PachUp and its pod.</summary>
/// <param name="Job">The Job.</param>
/// <param name="Pod">The pod that ended by itself, else the newest; null if there is none.</param>
internal sealed partial record JobState(JsonObject Job, JsonObject? Pod)
{
    // The exit codes of PachUp itself, except that of a process that was asked to end. Any other comes from outside, and Kubernetes starts another pod then.
    private static readonly HashSet<int> OwnExitCodes = [0, 1, 2, 3, 4, 7, 8];

    /// <summary>The state of a Job; null if it does not exist.</summary>
    public static async Task<JobState?> ReadAsync(KubeApi api, string name, CancellationToken cancellationToken) =>
        await api.FindAsync(api.Catalogue.Get("Job"), name, cancellationToken) is { } job
            ? new JobState(job, await PodAsync(api, name, cancellationToken))
            : null;

    /// <summary>The newest Job of PachUp; null if there is none.</summary>
    public static async Task<JobState?> ReadNewestAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var jobs = await api.ListAsync("Job", Labels.PachUp, cancellationToken);
        return jobs.Where(job => NumberOf(job.Name()) > 0).MaxBy(job => NumberOf(job.Name())) is { } newest
            ? await ReadAsync(api, newest.Name(), cancellationToken)
            : null;
    }

    /// <summary>The name for the next Job. If two processes create it at the same time, the server refuses the second.</summary>
    public static string NameAfter(JobState? newest) => string.Create(CultureInfo.InvariantCulture, $"pachup-{NumberOf(newest?.Name ?? "") + 1}");

    /// <summary>Selects the pods of a Job.</summary>
    public static string PodsOf(string name) => $"job-name={name}";

    /// <summary>Its name.</summary>
    public string Name => Job.Name();

    /// <summary>Whether it runs or is about to run: another one must not be created.</summary>
    public bool IsActive => !HasEndedByItself && !IsStopped && EndCondition is null;

    /// <summary>Whether it was stopped, that is, told to have no pod.</summary>
    public bool IsStopped => Job.Spec()["parallelism"]?.GetValue<int>() == 0;

    /// <summary>Whether its container has started, so that there is a log.</summary>
    public bool HasBegun => Terminated is not null || StateOf(Pod, "running") is not null;

    /// <summary>How its container ended; null if it has not ended.</summary>
    public JsonObject? Terminated => StateOf(Pod, "terminated");

    /// <summary>Whether PachUp has ended by itself. Otherwise, Kubernetes starts another pod, which goes on with the run.</summary>
    public bool HasEndedByItself => EndedByItself(Pod);

    /// <summary>The condition that the Job has ended or failed; null if it has not.</summary>
    public JsonObject? EndCondition => (Job.At("status") ?? []).Items("conditions")
        .FirstOrDefault(condition => condition.Text("type") is "Complete" or "Failed" && condition.Text("status") == "True");

    private static bool EndedByItself(JsonObject? pod) => StateOf(pod, "terminated") is { } terminated && OwnExitCodes.Contains(terminated.Number("exitCode"));

    private static JsonObject? StateOf(JsonObject? pod, string state) => (pod?.At("status") ?? []).Items("containerStatuses") is [var only, ..] ? only.At("state", state) : null;

    // Where Kubernetes has started more pods after one that ended by itself, they only say so. Its log has the run.
    private static async Task<JsonObject?> PodAsync(KubeApi api, string name, CancellationToken cancellationToken)
    {
        var pods = (await api.ListAsync("Pod", PodsOf(name), cancellationToken)).OrderBy(pod => pod.Metadata().Text("creationTimestamp"), StringComparer.Ordinal).ToList();
        return pods.FirstOrDefault(EndedByItself) ?? pods.LastOrDefault();
    }

    private static int NumberOf(string name) =>
        JobNames().Match(name) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^pachup-([0-9]{1,6})$")]
    private static partial Regex JobNames();
}
