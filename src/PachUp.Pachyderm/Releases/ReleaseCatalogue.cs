using System.Collections.Immutable;
using System.Globalization;

namespace PachUp.Pachyderm.Releases;

/// <summary>The published releases of Pachyderm that this PachUp knows.</summary>
public sealed class ReleaseCatalogue
{
    private static readonly Lazy<ReleaseCatalogue> Embedded = new(ReadEmbedded);

    private readonly ImmutableSortedDictionary<Release, KnownRelease> _releases;

    /// <summary>Creates a catalogue of the given releases.</summary>
    public ReleaseCatalogue(IEnumerable<KnownRelease> releases) =>
        _releases = releases.ToImmutableSortedDictionary(known => known.Release, known => known);

    /// <summary>The built-in catalogue.</summary>
    public static ReleaseCatalogue BuiltIn => Embedded.Value;

    /// <summary>All known releases, in the order of their numbers.</summary>
    public IEnumerable<KnownRelease> Releases => _releases.Values;

    /// <summary>All known lines, oldest first.</summary>
    public IEnumerable<ReleaseLine> Lines => _releases.Keys.Select(release => release.Line).Distinct();

    /// <summary>Reads a table of two columns, <c>release,tagged</c>, with a header.</summary>
    /// <exception cref="FormatException">A line is not a release and a day.</exception>
    public static ReleaseCatalogue Parse(TextReader table)
    {
        var rows = table.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ReleaseCatalogue(rows.Skip(1).Select(ParseRow));
    }

    /// <summary>
    /// The latest point release of a line; null for an unknown line. The highest number is the latest, not the newest tag, because old lines
    /// had releases after newer lines had started.
    /// </summary>
    public KnownRelease? LatestOf(ReleaseLine line) => _releases.Values.LastOrDefault(known => known.Release.Line == line);

    /// <summary>Whether the release was published; false for a custom build.</summary>
    public bool Contains(Release release) => _releases.ContainsKey(release);

    /// <summary>The known release with the nearest number, preferably of the same line. If two are equally near, the later one.</summary>
    public Release NearestTo(Release release) =>
        _releases.Keys
            .OrderBy(known => Math.Abs(known.Line.Major - release.Line.Major))
            .ThenBy(known => Math.Abs(known.Line.Minor - release.Line.Minor))
            .ThenBy(known => Math.Abs(known.Patch - release.Patch))
            .ThenByDescending(known => known)
            .First();

    private static ReleaseCatalogue ReadEmbedded()
    {
        using var stream = typeof(ReleaseCatalogue).Assembly.GetManifestResourceStream("releases.csv")!;
        using var reader = new StreamReader(stream);
        return Parse(reader);
    }

    private static KnownRelease ParseRow(string row) =>
        row.Split(',') is [var release, var tagged]
            ? new KnownRelease(Release.Parse(release), DateOnly.ParseExact(tagged, "yyyy-MM-dd", CultureInfo.InvariantCulture))
            : throw new FormatException($"\"{row}\" is not a row of release and day; expected a row such as 1.8.7,2019-05-28.");
}
