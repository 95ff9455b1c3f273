using System.Runtime.CompilerServices;

namespace PachUp.Testing;

/// <summary>Where the recordings of real servers lie in the repository.</summary>
public static class Recordings
{
    private const string Ending = ".snappy";

    /// <summary>The folder <c>tests/Recordings</c>.</summary>
    public static string Root { get; } = Path.Combine(TestsFolder(), "Recordings");

    // The archives with objects ship with the conformance kit and lie there; those without objects serve tests only.
    private static readonly string[] ArchiveFolders =
        [Path.GetFullPath(Path.Combine(TestsFolder(), "..", "src", "PachUp.Sdk.Testing", "Archives")), Path.Combine(Root, "archives")];

    private static readonly Dictionary<string, string> Archives = ArchiveFolders
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Ending))
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path));

    /// <summary>The recorded archives of clusters without workers, by name.</summary>
    public static IReadOnlyList<string> ArchiveNames { get; } = [.. AllArchives().Where(name => !IsOfWorkers(name))];

    /// <summary>
    /// The recorded archives of clusters with workers and ticks, by name. A cluster that is filled with one is not the one that it was taken from: empty
    /// objects and the blocks of finished output do not come along.
    /// </summary>
    public static IReadOnlyList<string> ArchivesOfWorkers { get; } = [.. AllArchives().Where(IsOfWorkers)];

    /// <summary>The path of an archive by its name without <c>.snappy</c>, such as <c>1.8.7-world-full</c>.</summary>
    public static string Archive(string name) => Archives.TryGetValue(name, out var path) ? path : throw new FileNotFoundException($"There is no recorded archive \"{name}\".");

    /// <summary>Whether there is an archive of that name.</summary>
    public static bool HasArchive(string name) => Archives.ContainsKey(name);

    /// <summary>The path of a recorded scenario.</summary>
    public static string Transcript(string release, string scenario) => Path.Combine(Root, "transcripts", release, scenario + ".jsonl");

    /// <summary>The folder with the recorded scenarios of a release.</summary>
    public static string Transcripts(string release) => Path.Combine(Root, "transcripts", release);

    private static IEnumerable<string> AllArchives() => Archives.Keys.Order(StringComparer.Ordinal);

    private static bool IsOfWorkers(string name) =>
        name.Contains("-worked", StringComparison.Ordinal) || name.Contains("-cronpast", StringComparison.Ordinal);

    private static string TestsFolder([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, ".."));
}
