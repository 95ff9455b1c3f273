using System.Globalization;
using System.Security.Cryptography;

namespace PachUp.Engine.State;

/// <summary>The directory with all runs: <c>.pachup</c>, or the directory of <c>--state-dir</c> or <c>PACHUP_STATE_DIR</c>.</summary>
/// <param name="path">The directory, which may not exist yet.</param>
public sealed class StateDirectory(string path)
{
    /// <summary>The default directory.</summary>
    public const string DefaultPath = ".pachup";

    /// <summary>The environment variable with the directory.</summary>
    public const string EnvironmentVariable = "PACHUP_STATE_DIR";

    private const string TimeFormat = "yyyyMMdd-HHmmss";

    /// <summary>The full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The directory for the locks of clusters.</summary>
    internal string LocksPath => System.IO.Path.Combine(Path, "locks");

    /// <summary>The directory for what rehearsals measured.</summary>
    internal string ForecastsPath => System.IO.Path.Combine(Path, "forecasts");

    /// <summary>The directory for how the processes of jobs ended.</summary>
    internal string JobsPath => System.IO.Path.Combine(Path, "jobs");

    private string RunsPath => System.IO.Path.Combine(Path, "runs");

    /// <summary>The directory for a new run, which is not created here. Its id sorts after all other runs, even if the clock was set back.</summary>
    public RunDirectory Describe(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var begun = ListRuns() is [.., var last] && TryReadTime(last.Id) is { } lastBegun && now < lastBegun.AddSeconds(1) ? lastBegun.AddSeconds(1) : now;
        var id = $"{begun.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
        return new RunDirectory(id, System.IO.Path.Combine(RunsPath, id));
    }

    /// <summary>All runs, the oldest first.</summary>
    public IReadOnlyList<RunDirectory> ListRuns() => Directory.Exists(RunsPath)
        ?
        [
            .. Directory.EnumerateDirectories(RunsPath)
                .Select(run => new RunDirectory(System.IO.Path.GetFileName(run), run))
                .OrderBy(run => run.Id, StringComparer.Ordinal),
        ]
        : [];

    /// <summary>The run with an id; null if there is none.</summary>
    public RunDirectory? FindRun(string id) => ListRuns().FirstOrDefault(run => run.Id == id);

    /// <summary>The time in the id of a run; null if the directory was created by hand.</summary>
    private static DateTimeOffset? TryReadTime(string id) =>
        id.Length >= TimeFormat.Length
        && DateTimeOffset.TryParseExact(id[..TimeFormat.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
