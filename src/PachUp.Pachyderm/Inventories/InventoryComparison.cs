using System.Collections.Immutable;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Compares two inventories kind by kind. See <see cref="InventoryDifference"/> for what is compared.</summary>
internal sealed class InventoryComparison(ClusterInventory expected, ClusterInventory actual, ComparisonOptions options)
{
    private readonly ImmutableArray<KindCount>.Builder _counts = ImmutableArray.CreateBuilder<KindCount>();
    private readonly ImmutableArray<InventoryItem>.Builder _lost = ImmutableArray.CreateBuilder<InventoryItem>();
    private readonly ImmutableArray<InventoryItem>.Builder _changed = ImmutableArray.CreateBuilder<InventoryItem>();
    private readonly ImmutableArray<InventoryItem>.Builder _added = ImmutableArray.CreateBuilder<InventoryItem>();

    public InventoryDifference Compare()
    {
        CompareItems(ItemKind.Repo, Repos, RepoChanges);
        CompareItems(ItemKind.Branch, Branches, BranchChanges);
        CompareItems(ItemKind.Commit, Commits, CommitChanges);
        CompareItems(ItemKind.Pipeline, Pipelines, PipelineChanges);
        CompareItems(ItemKind.File, Probes, ProbeChanges);
        CompareCounts(ItemKind.Object, "objects", expected.Objects, actual.Objects);
        CompareCounts(ItemKind.Tag, "tags", expected.Tags, actual.Tags);
        return new InventoryDifference
        {
            Counts = _counts.ToImmutable(),
            Lost = _lost.ToImmutable(),
            Changed = _changed.ToImmutable(),
            Added = _added.ToImmutable(),
        };
    }

    private static IEnumerable<(string, RepoInventory)> Repos(ClusterInventory cluster) => cluster.Repos.Select(repo => (repo.Name, repo));

    private static IEnumerable<(string, BranchInventory)> Branches(ClusterInventory cluster) =>
        cluster.Repos.SelectMany(repo => repo.Branches.Select(branch => ($"{repo.Name}@{branch.Name}", branch)));

    private static IEnumerable<(string, CommitInventory)> Commits(ClusterInventory cluster) =>
        cluster.Repos.SelectMany(repo => repo.Commits.Select(commit => ($"{repo.Name}@{commit.Id}", commit)));

    private static IEnumerable<(string, PipelineInventory)> Pipelines(ClusterInventory cluster) =>
        cluster.Pipelines.Select(pipeline => (pipeline.Name, pipeline));

    private static IEnumerable<(string, FileProbe)> Probes(ClusterInventory cluster) =>
        cluster.Probes.Select(probe => ($"{probe.Repo}@{probe.Branch}:{probe.Path}", probe));

    private static IEnumerable<string> RepoChanges(RepoInventory old, RepoInventory now) =>
        Difference.OfTexts("description", old.Description, now.Description);

    private static IEnumerable<string> BranchChanges(BranchInventory old, BranchInventory now) =>
    [
        .. Difference.OfHashes("head", old.Head, now.Head),
        .. Difference.OfWords("trigger", old.Trigger?.ToString() ?? "none", now.Trigger?.ToString() ?? "none"),
        .. Difference.OfLists("direct provenance", old.DirectProvenance, now.DirectProvenance),
    ];

    private IEnumerable<string> CommitChanges(CommitInventory old, CommitInventory now) =>
    [
        .. Difference.OfHashes("parent", old.Parent, now.Parent),
        .. options.CommitTrees ? Difference.OfHashes("tree", old.Tree, now.Tree) : [],
        .. options is { CommitTrees: true, CommitStates: true } ? Difference.OfLists("trees", old.Trees, now.Trees, Difference.Shorten) : [],
        .. options.CommitStates ? Difference.OfWords("state", old.IsOpen ? "open" : "finished", now.IsOpen ? "open" : "finished") : [],
        .. options.CommitSizes ? Difference.OfNumbers("size in bytes", old.SizeBytes, now.SizeBytes) : [],
    ];

    private IEnumerable<string> PipelineChanges(PipelineInventory old, PipelineInventory now) =>
    [
        .. SpecChanges(PipelineSpecs.WithoutAssigned(old.Info), PipelineSpecs.WithoutAssigned(now.Info)),
        .. options.Stopped ? Difference.OfWords("state", old.Stopped ? "stopped" : "running", now.Stopped ? "stopped" : "running") : [],
    ];

    private IEnumerable<string> SpecChanges(PipelineInfo old, PipelineInfo now) =>
        PipelineSpecs.SharedFields
            .Where(field => options.Salts || field.Info.FieldNumber != PipelineInfo.SaltFieldNumber)
            .SelectMany(field => MessageDifference.Of(field.Info, old, now));

    private static IEnumerable<string> ProbeChanges(FileProbe old, FileProbe now) =>
    [
        .. Difference.OfNumbers("size in bytes", old.SizeBytes, now.SizeBytes),
        .. Difference.OfHashes("SHA-256", old.Sha256, now.Sha256),
    ];

    private void CompareItems<T>(
        ItemKind kind, Func<ClusterInventory, IEnumerable<(string Name, T Item)>> list, Func<T, T, IEnumerable<string>> changesBetween)
    {
        var there = list(actual).ToDictionary(item => item.Name, item => item.Item, StringComparer.Ordinal);
        var (kept, asked) = (0L, 0L);
        foreach (var (name, old) in list(expected))
        {
            asked++;
            if (!there.Remove(name, out var now))
            {
                _lost.Add(new InventoryItem(kind, name));
            }
            else if (string.Join("; ", changesBetween(old, now)) is { Length: > 0 } changes)
            {
                _changed.Add(new InventoryItem(kind, name, changes));
            }
            else
            {
                kept++;
            }
        }

        _added.AddRange(list(actual).Where(item => there.ContainsKey(item.Name)).Select(item => new InventoryItem(kind, item.Name)));
        _counts.Add(new KindCount(kind, kept, asked));
    }

    /// <summary>Compares counts. A larger count is not a loss, because the specs of the target are objects too.</summary>
    private void CompareCounts(ItemKind kind, string plural, long? wanted, long? there)
    {
        if (wanted is not { } asked || there is not { } found)
        {
            return;
        }

        if (found < asked)
        {
            _lost.Add(new InventoryItem(kind, $"{asked - found} {plural}", $"{found} of {asked} exist"));
        }

        _counts.Add(new KindCount(kind, Math.Min(asked, found), asked));
    }
}
