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

    /// <summary>The catalogue that is built in.</summary>
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
    /// The point release of a line with the highest number; null for a line that is not known. (Numbers decide, not days: old lines got
    /// releases after younger lines had started.)
    /// </summary>
    public KnownRelease? LatestOf(ReleaseLine line) => _releases.Values.LastOrDefault(known => known.Release.Line == line);

    /// <summary>Whether the release was published; false for a custom build.</summary>
    public bool Contains(Release release) => _releases.ContainsKey(release);

    /// <summary>The known release whose number is closest: same line before other lines, and the later one where two are equally far.</summary>
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
            : throw new FormatException($"\"{row}\" is not a release and a day; expected a row such as 1.8.7,2019-05-28.");
}
