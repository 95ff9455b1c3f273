using System.Collections.Immutable;
using System.Globalization;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Engine.Runs.Reports;

/// <summary>
/// What became of the items of one kind. The numbers add up, so that readers can check them: what was on the source is what arrived, was computed
/// again, left out or made later, is lost or is different.
/// </summary>
public sealed record KindTally
{
    /// <summary>The kind.</summary>
    public required ItemKind Kind { get; init; }

    /// <summary>How many the source had.</summary>
    public required long Before { get; init; }

    /// <summary>How many exist on the target as the plan said.</summary>
    public required long Arrived { get; init; }

    /// <summary>How many the target computes again, as announced: output of pipelines.</summary>
    public long Recomputed { get; init; }

    /// <summary>How many were left out, as announced.</summary>
    public long LeftOut { get; init; }

    /// <summary>How many were made by the last step of the run, after the comparison.</summary>
    public long AtResume { get; init; }

    /// <summary>How many exist on the target because the plan makes them, although the source did not have them.</summary>
    public long MadeByPlan { get; init; }

    /// <summary>How many have an announced change of any sort; they are among the others.</summary>
    public long Announced { get; init; }

    /// <summary>How many are missing.</summary>
    public long Lost { get; init; }

    /// <summary>How many have other content.</summary>
    public long Different { get; init; }

    /// <summary>How many exist on the target but were not expected.</summary>
    public long Added { get; init; }

    /// <summary>The numbers in one sentence: <c>80 commits: 6 arrived, 74 computed again, 0 lost</c>.</summary>
    public string Sentence => $"{Words.Count(Before, NounOf(Kind))}: " + string.Join(", ", Parts());

    internal static ImmutableArray<KindTally> Of(VerificationReport? verification, ClusterInventory? source, IReadOnlyCollection<AnnouncedChange> changes) =>
        verification is null ? [] : [.. VerificationTable.Of(verification).Select(row => Of(row, verification, source, changes))];

    /// <summary>The noun for a kind: <c>commit</c>.</summary>
    internal static string NounOf(ItemKind kind) => kind == ItemKind.File ? "file" : kind.ToString().ToLowerInvariant();

    private static KindTally Of(VerificationRow row, VerificationReport verification, ClusterInventory? source, IReadOnlyCollection<AnnouncedChange> changes)
    {
        var expected = row.Kept + row.Lost + row.Different;
        var before = source is null ? expected : NamesOf(source, row.Kind)?.Count ?? expected;
        var gap = Math.Max(0, before - expected);
        var atResume = row.Kind == ItemKind.Pipeline ? Math.Min(gap, verification.PipelinesAtResume) : 0;
        var leftOut = Math.Min(gap - atResume, CountLeftOut(row.Kind, source, changes));
        return new KindTally
        {
            Kind = row.Kind,
            Before = before,
            Arrived = row.Kept,
            Recomputed = gap - atResume - leftOut,
            LeftOut = leftOut,
            AtResume = atResume,
            MadeByPlan = Math.Max(0, expected - before),
            Announced = row.Announced,
            Lost = row.Lost,
            Different = row.Different,
            Added = row.Added,
        };
    }

    private IEnumerable<string> Parts()
    {
        yield return $"{Number(Arrived)} arrived";
        foreach (var (count, text) in new[] { (Recomputed, "computed again"), (LeftOut, "left out as announced"), (AtResume, "made by the last step"), (Different, "different") })
        {
            if (count > 0)
            {
                yield return $"{Number(count)} {text}";
            }
        }

        yield return $"{Number(Lost)} lost";
        if (MadeByPlan > 0)
        {
            yield return $"{Number(MadeByPlan)} of these made by the plan";
        }
    }

    private static long CountLeftOut(ItemKind kind, ClusterInventory? source, IEnumerable<AnnouncedChange> changes) =>
        source is null || NamesOf(source, kind) is not { } names ? 0
        : changes.Where(change => change.Kind == ChangeKind.LeftOut && change.Item.Kind == kind && names.Contains(change.Item.Name)).DistinctBy(change => change.Item.Name).Count();

    /// <summary>The names of the items of a kind; null if the inventory does not have them one by one.</summary>
    private static HashSet<string>? NamesOf(ClusterInventory source, ItemKind kind) => kind switch
    {
        ItemKind.Repo => Set(source.Repos.Select(repo => repo.Name)),
        ItemKind.Branch => Set(source.Repos.SelectMany(repo => repo.Branches.Select(branch => $"{repo.Name}@{branch.Name}"))),
        ItemKind.Commit => Set(source.Repos.SelectMany(repo => repo.Commits.Select(commit => $"{repo.Name}@{commit.Id}"))),
        ItemKind.Pipeline => Set(source.Pipelines.Select(pipeline => pipeline.Name)),
        _ => null,
    };

    private static HashSet<string> Set(IEnumerable<string> names) => names.ToHashSet(StringComparer.Ordinal);

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
