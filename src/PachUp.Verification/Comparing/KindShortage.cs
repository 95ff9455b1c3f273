using System.Text.Json.Serialization;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Comparing;

/// <summary>How many lost items of a kind a report does not name.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Missing">How many are not named.</param>
/// <param name="Named">How many are named.</param>
public sealed record KindShortage(ItemKind Kind, long Missing, long Named)
{
    /// <summary>The file that names every lost item of the kind; null for none.</summary>
    public string? File { get; init; }

    /// <summary>The number, and where the names are, or why there are none.</summary>
    [JsonIgnore]
    public string Sentence => this switch
    {
        { File: { } file } => $"{Words.Count(Missing, $"more {Noun}")}: the file \"{file}\" names all, one in a line",
        { Named: > 0 } => $"{Words.Count(Missing, $"more {Noun}")}: not named, because there are too many",
        _ => $"{Words.Count(Missing, Noun)} without names: only their number is known",
    };

    private string Noun => Kind.ToString().ToLowerInvariant();

    /// <summary>The kinds of which a report does not name every lost item.</summary>
    public static IEnumerable<KindShortage> In(VerificationReport report) =>
        from row in VerificationTable.Of(report)
        let named = report.Lost.LongCount(item => item.Kind == row.Kind)
        where row.Lost > named
        select new KindShortage(row.Kind, row.Lost - named, named) { File = report.LostLists.FirstOrDefault(list => list.Kind == row.Kind)?.File };
}

/// <summary>A file with the names of all lost items of a kind, because a report would be too long with them.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="File">The path of the file.</param>
public sealed record LostList(ItemKind Kind, string File);
