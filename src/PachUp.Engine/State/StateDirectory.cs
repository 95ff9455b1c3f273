using System.Globalization;
using System.Security.Cryptography;

namespace PachUp.Engine.State;

/// <summary>The directory that keeps the runs: <c>.pachup</c>, unless <c>--state-dir</c> or <c>PACHUP_STATE_DIR</c> says otherwise.</summary>
/// <param name="path">The directory; it need not exist yet.</param>
public sealed class StateDirectory(string path)
{
    /// <summary>The directory where nobody names another.</summary>
    public const string DefaultPath = ".pachup";

    /// <summary>The environment variable that names another.</summary>
    public const string EnvironmentVariable = "PACHUP_STATE_DIR";

    private const string TimeFormat = "yyyyMMdd-HHmmss";

    /// <summary>The full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Where the locks of clusters are kept.</summary>
    internal string LocksPath => System.IO.Path.Combine(Path, "locks");

    private string RunsPath => System.IO.Path.Combine(Path, "runs");

    /// <summary>The directory that a new run would get, not created. Its id comes after those of all runs so far, also where the clock was put back.</summary>
    public RunDirectory Describe(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var begun = ListRuns() is [.., var last] && TryReadTime(last.Id) is { } lastBegun && now < lastBegun.AddSeconds(1) ? lastBegun.AddSeconds(1) : now;
        var id = $"{begun.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
        return new RunDirectory(id, System.IO.Path.Combine(RunsPath, id));
    }

    /// <summary>All runs, oldest first.</summary>
    public IReadOnlyList<RunDirectory> ListRuns() => Directory.Exists(RunsPath)
        ?
        [
            .. Directory.EnumerateDirectories(RunsPath)
                .Select(run => new RunDirectory(System.IO.Path.GetFileName(run), run))
                .OrderBy(run => run.Id, StringComparer.Ordinal),
        ]
        : [];

    /// <summary>The run of that id; null where there is none.</summary>
    public RunDirectory? FindRun(string id) => ListRuns().FirstOrDefault(run => run.Id == id);

    /// <summary>The time in a run's id; null for a directory that somebody made by hand.</summary>
    private static DateTimeOffset? TryReadTime(string id) =>
        id.Length >= TimeFormat.Length
        && DateTimeOffset.TryParseExact(id[..TimeFormat.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
