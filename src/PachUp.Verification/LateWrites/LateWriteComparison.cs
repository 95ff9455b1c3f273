using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.LateWrites;

/// <summary>
/// Finds late writes in two inventories of a source. Both have the pipelines that the run paused as running. What the target computes itself, and
/// the ticks of cron inputs, are told apart from what users wrote.
/// </summary>
/// <param name="before">The source at the extract.</param>
/// <param name="now">The source now.</param>
internal sealed class LateWriteComparison(ClusterInventory before, ClusterInventory now)
{
    private readonly SourceRoles _roles = new(before, now);
    private readonly ImmutableArray<LateWrite>.Builder _writes = ImmutableArray.CreateBuilder<LateWrite>();
    private readonly ImmutableArray<InventoryItem>.Builder _computed = ImmutableArray.CreateBuilder<InventoryItem>();
    private readonly ImmutableArray<InventoryItem>.Builder _ticks = ImmutableArray.CreateBuilder<InventoryItem>();

    /// <summary>Compares the two.</summary>
    /// <param name="time">When the second inventory was taken.</param>
    public LateWriteReport Compare(DateTimeOffset time)
    {
        var difference = InventoryDifference.Between(WithMetadataAlone(before), WithMetadataAlone(now));
        Sort(LateWriteKind.Added, difference.Added);
        Sort(LateWriteKind.Changed, difference.Changed);
        Sort(LateWriteKind.Removed, difference.Lost);
        return new LateWriteReport { Time = time, Writes = _writes.ToImmutable(), ComputedAgain = _computed.ToImmutable(), Ticks = _ticks.ToImmutable() };
    }

    private static ClusterInventory WithMetadataAlone(ClusterInventory cluster) => cluster with { Probes = [], Objects = null, Tags = null };

    private void Sort(LateWriteKind kind, ImmutableArray<InventoryItem> items)
    {
        foreach (var item in items)
        {
            switch (FateOf(item))
            {
                case Fate.Late:
                    _writes.Add(new LateWrite(kind, item));
                    break;
                case Fate.Computed:
                    _computed.Add(item);
                    break;
                case Fate.Tick:
                    _ticks.Add(item);
                    break;
                default:
                    break;
            }
        }
    }

    private Fate FateOf(InventoryItem item)
    {
        var (repo, name) = item.Name.Split('@', 2) is [var first, var second] ? (first, second) : (item.Name, "");
        return item.Kind switch
        {
            ItemKind.Branch => FateOf(new BranchName(repo, name)),
            ItemKind.Commit => FateOfCommit(repo, before.FindRepo(repo)?.FindCommit(name), now.FindRepo(repo)?.FindCommit(name)),
            _ => Fate.Late,
        };
    }

    private Fate FateOf(BranchName branch) => true switch
    {
        _ when _roles.IsWrittenByPipeline(branch) || _roles.IsDerived(branch) => Fate.Computed,
        _ when _roles.IsForTicks(branch) => Fate.Tick,
        _ when HasSameFinishedHead(branch) => Fate.Unchanged,
        _ => Fate.Late,
    };

    private Fate FateOfCommit(string repo, CommitInventory? old, CommitInventory? current) => (old, current) switch
    {
        // A commit in the output of a pipeline that has no provenance was put there by a user, and nothing computes it again.
        _ when _roles.IsOutput(repo) && (current ?? old)!.Provenance.Length > 0 => Fate.Computed,
        _ when _roles.IsForTicks(repo) => Fate.Tick,
        (_, { IsOpen: true } open) when SourceRoles.IsDerived(open) => Fate.Computed,

        // No extract carries open commits, and the plan named those that were open. The files in them are not there for others yet.
        ({ IsOpen: true }, null or { IsOpen: true }) => Fate.Unchanged,
        _ => Fate.Late,
    };

    /// <summary>
    /// Whether only open commits came to a branch, each of which is named as a commit, or only the spec of its pipeline as provenance: from 1.9.6 on, the
    /// output branch of a spout gets that when the spout is started again.
    /// </summary>
    private bool HasSameFinishedHead(BranchName branch)
    {
        var (old, current) = (before.FindRepo(branch.Repo), now.FindRepo(branch.Repo));
        var spec = new BranchName(BranchName.SpecRepo, branch.Repo);
        return old?.FindBranch(branch.Branch) is { } then && current?.FindBranch(branch.Branch) is { } today
            && then.DirectProvenance.Remove(spec).SequenceEqual(today.DirectProvenance.Remove(spec))
            && NewestFinished(old, then.Head) == NewestFinished(current, today.Head);
    }

    private static string? NewestFinished(RepoInventory repo, string? head)
    {
        while (repo.FindCommit(head) is { IsOpen: true } open)
        {
            head = open.Parent;
        }

        return head;
    }

    /// <summary>What a difference of the source means for the target.</summary>
    private enum Fate
    {
        /// <summary>The target does not have it.</summary>
        Late,

        /// <summary>The target computes it itself.</summary>
        Computed,

        /// <summary>The target makes its own ticks.</summary>
        Tick,

        /// <summary>Nothing that the target should have is different.</summary>
        Unchanged,
    }
}
