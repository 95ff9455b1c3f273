using System.Collections.Immutable;
using System.Globalization;
using PachUp.Common.Text;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Engine.Runs.Reports;

/// <summary>
/// What became of the items of one kind. The numbers add up, so that readers can check them: what was on the source is what arrived, was computed
/// again, left out, made later or not compared, is lost or is different.
/// </summary>
public sealed record KindTally
{
    /// <summary>The kind.</summary>
    public required ItemKind Kind { get; init; }

    /// <summary>How many the source had; null if that is not known.</summary>
    public required long? Before { get; init; }

    /// <summary>How many exist on the target as the plan said.</summary>
    public required long Arrived { get; init; }

    /// <summary>How many the target computes again, as announced: output of pipelines.</summary>
    public long Recomputed { get; init; }

    /// <summary>How many were left out, as announced.</summary>
    public long LeftOut { get; init; }

    /// <summary>How many were made by the last step of the run, after the comparison.</summary>
    public long AtResume { get; init; }

    /// <summary>
    /// How many could not be compared, such as the commits before those that a reload loads, or objects that cannot be listed; null if they are all,
    /// and their number is not known.
    /// </summary>
    public long? NotCompared { get; init; } = 0;

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
    public string Sentence => (Before, NotCompared) switch
    {
        (null, _) => $"{Words.Plural(NounOf(Kind))}: not compared",
        ({ } before, var not) when before > 0 && before == not => $"{Words.Count(before, NounOf(Kind))}: not compared",
        ({ } before, _) => $"{Words.Count(before, NounOf(Kind))}: {string.Join(", ", Parts())}",
    };

    internal static ImmutableArray<KindTally> Of(VerificationReport? verification, ClusterInventory? source, IReadOnlyCollection<AnnouncedChange> changes) =>
        verification is null ? [] :
        [
            .. VerificationTable.Of(verification).Select(row => Of(row, verification, source, changes)),
            .. new[] { (Kind: ItemKind.Object, Before: source?.Objects), (Kind: ItemKind.Tag, Before: source?.Tags) }
                .Where(listed => verification.Counts.All(count => count.Kind != listed.Kind))
                .Select(listed => new KindTally { Kind = listed.Kind, Before = listed.Before, Arrived = 0, NotCompared = listed.Before }),
        ];

    /// <summary>The noun for a kind: <c>commit</c>.</summary>
    internal static string NounOf(ItemKind kind) => kind == ItemKind.File ? "file" : kind.ToString().ToLowerInvariant();

    private static KindTally Of(VerificationRow row, VerificationReport verification, ClusterInventory? source, IReadOnlyCollection<AnnouncedChange> changes)
    {
        var expected = row.Kept + row.Lost + row.Different;
        var notRead = row.Kind == ItemKind.File ? verification.Files.Sum(files => files.NotRead) : 0;
        var before = source is null ? expected : NamesOf(source, row.Kind)?.Count ?? (expected + notRead);
        var gap = Math.Max(0, before - expected);
        var atResume = row.Kind == ItemKind.Pipeline ? Math.Min(gap, verification.PipelinesAtResume) : 0;
        var leftOut = Math.Min(gap - atResume, Count(row.Kind, source, IsOneOf(changes, ChangeKind.LeftOut, row.Kind)));
        var recomputed = Math.Min(gap - atResume - leftOut, Count(row.Kind, source, IsComputed(changes, row.Kind)));
        return new KindTally
        {
            Kind = row.Kind,
            Before = before,
            Arrived = row.Kept,
            Recomputed = recomputed,
            LeftOut = leftOut,
            AtResume = atResume,
            NotCompared = gap - atResume - leftOut - recomputed,
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
        foreach (var (count, text) in new (long? Count, string Text)[] { (Recomputed, "computed again"), (LeftOut, "left out as announced"), (AtResume, "made by the last step"), (NotCompared, "not compared"), (Different, "different") })
        {
            if (count > 0)
            {
                yield return $"{Number(count.Value)} {text}";
            }
        }

        yield return $"{Number(Lost)} lost";
        if (MadeByPlan > 0)
        {
            yield return $"{Number(MadeByPlan)} of these made by the plan";
        }
    }

    private static long Count(ItemKind kind, ClusterInventory? source, Func<string, bool> isCounted) =>
        source is null ? 0 : NamesOf(source, kind)?.LongCount(isCounted) ?? 0;

    private static Func<string, bool> IsOneOf(IEnumerable<AnnouncedChange> changes, ChangeKind kind, ItemKind item)
    {
        var names = Set(changes.Where(change => change.Kind == kind && change.Item.Kind == item).Select(change => change.Item.Name));
        return names.Contains;
    }

    /// <summary>Whether the target computes an item itself, or everything in its repo.</summary>
    private static Func<string, bool> IsComputed(IReadOnlyCollection<AnnouncedChange> changes, ItemKind item)
    {
        var (isLeftOut, isComputed, isInComputed) =
            (IsOneOf(changes, ChangeKind.LeftOut, item), IsOneOf(changes, ChangeKind.Recomputed, item), IsOneOf(changes, ChangeKind.Recomputed, ItemKind.Repo));
        return name => !isLeftOut(name) && (isComputed(name) || (item is ItemKind.Branch or ItemKind.Commit && isInComputed(name.Split('@')[0])));
    }

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
