using System.Runtime.CompilerServices;

namespace PachUp.Testing;

/// <summary>The recordings of real servers in the repository.</summary>
public static class Recordings
{
    private const string Ending = ".snappy";

    /// <summary>The folder <c>tests/Recordings</c>.</summary>
    public static string Root { get; } = Path.Combine(TestsFolder(), "Recordings");

    // Archives with objects are part of the conformance kit. Archives without objects are only for tests.
    private static readonly string[] ArchiveFolders =
        [Path.GetFullPath(Path.Combine(TestsFolder(), "..", "src", "PachUp.Sdk.Testing", "Archives")), Path.Combine(Root, "archives")];

    private static readonly Dictionary<string, string> Archives = ArchiveFolders
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Ending))
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path));

    /// <summary>The recorded archives of clusters without workers, by name.</summary>
    public static IReadOnlyList<string> ArchiveNames { get; } = [.. AllArchives().Where(name => !IsOfWorkers(name))];

    /// <summary>
    /// The recorded archives of clusters with workers and ticks, by name. A restored cluster is not equal to the original, because these archives lack
    /// empty objects and the blocks of finished output.
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
