using PachUp.Pachyderm;

namespace PachUp.Conformance.Transcripts;

/// <summary>
/// The recordings to replay, and those of the repository beside them. The latter stand in for scenarios that the folder does not
/// hold but that its later ones build on: first those of the same release, then those of the nearest one, whose steps are the same.
/// </summary>
public sealed class TranscriptShelf
{
    private readonly Dictionary<string, Transcript> _asked;
    private readonly Dictionary<string, Transcript> _standIns;

    /// <param name="folder">The folder of recordings to replay.</param>
    /// <param name="release">The release of the server that they were recorded from.</param>
    /// <param name="library">A folder with one folder of recordings per release.</param>
    public TranscriptShelf(string folder, Release release, string library)
    {
        _asked = TranscriptsIn(folder, release).ToDictionary(transcript => transcript.Scenario.Name);
        _standIns = ReleasesIn(library)
            .OrderBy(candidate => Distance(candidate.Release, release))
            .SelectMany(candidate => TranscriptsIn(candidate.Folder, candidate.Release))
            .DistinctBy(transcript => transcript.Scenario.Name)
            .ToDictionary(transcript => transcript.Scenario.Name);
    }

    /// <summary>The recordings of the folder, in the order in which they were played.</summary>
    public IEnumerable<Transcript> Asked => InOrder(_asked.Values);

    /// <summary>All scenarios that were played on one server, up to and including <paramref name="last"/>.</summary>
    public IEnumerable<Transcript> ChainUpTo(Scenario last)
    {
        var names = _asked.Keys.Union(_standIns.Keys);
        return InOrder(names.Select(name => _asked.GetValueOrDefault(name) ?? _standIns[name]))
            .Where(transcript => transcript.Scenario.ContinuesOnTheSameServer && transcript.Scenario.Number <= last.Number);
    }

    private static IEnumerable<Transcript> InOrder(IEnumerable<Transcript> transcripts) =>
        transcripts.OrderBy(transcript => transcript.Scenario.Number).ThenBy(transcript => transcript.Scenario.Name, StringComparer.Ordinal);

    private static IEnumerable<Transcript> TranscriptsIn(string folder, Release run) =>
        Directory.EnumerateFiles(folder, "*.jsonl").Select(path => new Transcript(new Scenario(Path.GetFileNameWithoutExtension(path)), run, path));

    private static IEnumerable<(Release Release, string Folder)> ReleasesIn(string library) =>
        from folder in Directory.Exists(library) ? Directory.EnumerateDirectories(library) : []
        let release = Release.TryParse(Path.GetFileName(folder), out var parsed) ? parsed : null
        where release is not null
        select (release, folder);

    private static int Distance(Release one, Release other) =>
        (1000 * Math.Abs(one.Line.Minor - other.Line.Minor)) + Math.Abs(one.Patch - other.Patch);
}
