using PachUp.Pachyderm;

namespace PachUp.Conformance.Transcripts;

/// <summary>
/// The recordings to replay, and those of the repository. The latter replace scenarios that the folder lacks and that its later ones need: first those of
/// the same release, then made stand-ins, then those of the nearest release with the same steps.
/// </summary>
public sealed class TranscriptSet
{
    private const string MadeRun = "made";

    private readonly Dictionary<string, Transcript> _asked;
    private readonly Dictionary<string, Transcript> _standIns;

    /// <param name="folder">The folder of recordings to replay.</param>
    /// <param name="release">The release of the server that they were recorded from.</param>
    /// <param name="library">A folder with one folder of recordings per release. It may be missing.</param>
    /// <param name="made">A folder with one folder of made stand-ins per release. It may be missing.</param>
    public TranscriptSet(string folder, Release release, string library, string made)
    {
        _asked = TranscriptsIn(folder, release.ToString()).ToDictionary(transcript => transcript.Scenario.Name);
        _standIns = ReleasesIn(library).Select(found => (found.Release, found.Folder, Run: found.Release.ToString(), IsMade: false))
            .Concat(ReleasesIn(made)
                .Where(found => found.Release == release)
                .Select(found => (found.Release, found.Folder, Run: MadeRun, IsMade: true)))
            .OrderBy(candidate => Distance(candidate.Release, release)).ThenBy(candidate => candidate.IsMade)
            .SelectMany(candidate => TranscriptsIn(candidate.Folder, candidate.Run))
            .DistinctBy(transcript => transcript.Scenario.Name)
            .ToDictionary(transcript => transcript.Scenario.Name);
    }

    /// <summary>The recordings of the folder, in the order in which they were made.</summary>
    public IEnumerable<Transcript> Asked => InOrder(_asked.Values);

    /// <summary>All scenarios that were recorded on one server, up to and including <paramref name="last"/>.</summary>
    public IEnumerable<Transcript> ChainUpTo(Scenario last)
    {
        var names = _asked.Keys.Union(_standIns.Keys);
        return InOrder(names.Select(name => _asked.GetValueOrDefault(name) ?? _standIns[name]))
            .Where(transcript => transcript.Scenario.ContinuesOnTheSameServer && transcript.Scenario.Number <= last.Number);
    }

    /// <summary>The recordings of the release from servers with real workers, including those of the repository.</summary>
    public IReadOnlyList<Transcript> OfWorkers(Release release) =>
    [
        .. InOrder(_standIns.Values.Where(standIn => standIn.Run == release.ToString() && !_asked.ContainsKey(standIn.Scenario.Name)).Concat(_asked.Values))
            .Where(transcript => transcript.Scenario.HadWorkers),
    ];

    private static IEnumerable<Transcript> InOrder(IEnumerable<Transcript> transcripts) =>
        transcripts.OrderBy(transcript => transcript.Scenario.Number).ThenBy(transcript => transcript.Scenario.Name, StringComparer.Ordinal);

    private static IEnumerable<Transcript> TranscriptsIn(string folder, string run) =>
        Directory.EnumerateFiles(folder, "*.jsonl")
            .Select(path => new Transcript(new Scenario(Path.GetFileNameWithoutExtension(path)), run, path));

    private static IEnumerable<(Release Release, string Folder)> ReleasesIn(string library) =>
        from folder in Directory.Exists(library) ? Directory.EnumerateDirectories(library) : []
        let release = Release.TryParse(Path.GetFileName(folder), out var parsed) ? parsed : null
        where release is not null
        select (release, folder);

    /// <summary>Of two lines that are as far away, the earlier one is nearer: its client sent nothing that the release does not know.</summary>
    private static int Distance(Release found, Release wanted) =>
        (1000 * Math.Abs(found.Line.Minor - wanted.Line.Minor)) + (found.Line > wanted.Line ? 500 : 0) + Math.Abs(found.Patch - wanted.Patch);
}
