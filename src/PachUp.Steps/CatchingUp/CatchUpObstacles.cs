using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Steps.CatchingUp;

/// <summary>
/// Finds the late writes that a pass cannot carry: what would be left out, what was deleted or changed, and branches of the target that other clients
/// wrote to. If the target already is as the source is now, because a user did the same there, there is no obstacle.
/// </summary>
/// <param name="input">What the pass decides by.</param>
/// <param name="before">What the target had to contain before.</param>
/// <param name="now">What it has to contain now.</param>
internal sealed class CatchUpObstacles(PassInput input, ExpectedTarget before, ExpectedTarget now)
{
    private const string Undo = "Undo it on the source";

    private readonly TargetAgreement _target = new(input.Target, before, now);

    private readonly ImmutableDictionary<(ItemKind, string), string> _leftOut = now.Changes
        .Where(change => change.Kind == ChangeKind.LeftOut)
        .GroupBy(change => (change.Item.Kind, change.Item.Name))
        .ToImmutableDictionary(same => same.Key, same => same.First().Why);

    /// <summary>The late writes, each with its obstacle if it has one.</summary>
    public LateWriteReport Find(LateWriteReport late)
    {
        var deleted = late.Writes.Where(write => write is { Kind: LateWriteKind.Removed, Item.Kind: ItemKind.Repo }).Select(write => write.Item.Name).ToHashSet(StringComparer.Ordinal);
        return late with
        {
            Writes = [.. late.Writes.Select(write => write with { Obstacle = IsIn(deleted, write) ? null : ObstacleOf(write) })],
        };
    }

    /// <summary>What was in a deleted repo is not named again.</summary>
    private static bool IsIn(HashSet<string> deleted, LateWrite write) => write.Item.Kind is ItemKind.Branch or ItemKind.Commit && deleted.Contains(write.Item.Name.Split('@')[0]);

    private string? ObstacleOf(LateWrite write)
    {
        if (write.Kind != LateWriteKind.Removed && _leftOut.GetValueOrDefault((write.Item.Kind, write.Item.Name)) is { } why)
        {
            return $"{why}. Finish or delete it on the source.";
        }

        var (repo, name) = write.Item.Name.Split('@', 2) is [var first, var second] ? (first, second) : (write.Item.Name, "");
        return write.Item.Kind switch
        {
            ItemKind.Repo => OfRepo(write, repo),
            ItemKind.Pipeline => OfPipeline(write),
            ItemKind.Branch => OfBranch(write, new BranchName(repo, name)),
            ItemKind.Commit => OfCommit(write, repo, name),
            _ => null,
        };
    }

    private string? OfRepo(LateWrite write, string repo) => write.Kind switch
    {
        LateWriteKind.Added => _target.MayCreateRepo(repo) ? null : "the target has another repo of this name, which this run did not create. Delete or rename one of the two.",
        LateWriteKind.Changed => _target.HasSameRepo(repo) ? null : $"PachUp does not change repos of the target. {Undo}, or do the same on the target.",
        _ => _target.Lacks(repo) ? null : Deleted,
    };

    private string? OfPipeline(LateWrite write) => write.Kind switch
    {
        LateWriteKind.Removed => _target.LacksPipeline(write.Item.Name) ? null : Deleted,
        LateWriteKind.Changed => _target.HasSamePipeline(write.Item.Name) ? null : $"PachUp does not update pipelines of the target. {Undo}, or do the same on the target.",
        _ => _target.LacksPipeline(write.Item.Name) || _target.HasSamePipeline(write.Item.Name)
            ? null
            : "the target has another pipeline of this name, which this run did not create. Delete one of the two.",
    };

    private string? OfBranch(LateWrite write, BranchName branch)
    {
        if (write.Kind == LateWriteKind.Removed)
        {
            return _target.Lacks(branch) ? null : Deleted;
        }

        var (old, current) = (Find(input.Before, branch), Find(input.Source, branch)!);
        if (write.Kind == LateWriteKind.Changed && !old!.DirectProvenance.SequenceEqual(current.DirectProvenance))
        {
            return _target.HasSameProvenance(branch) ? null : $"its provenance was changed. {Undo}, or do the same on the target.";
        }

        return current.Head is null && old?.Head is not null && !_target.HasSameHead(branch) ? Deleted : _target.DivergenceOf(branch);
    }

    private string? OfCommit(LateWrite write, string repo, string id)
    {
        if (write.Kind == LateWriteKind.Removed)
        {
            return _target.LacksCommit(repo, id) ? null : Deleted;
        }

        var commit = input.Source.FindRepo(repo)?.FindCommit(id);
        return commit switch
        {
            _ when _target.HasCommit(repo, id) => null,
            null => $"the target makes its own commits there. {Undo}.",
            _ when input.Source.FindPipeline(repo)?.Info.Spout is not null => "it is the output of a spout, and the spout of the target writes there. Stop the spout on the source.",
            _ when SourceRoles.IsDerived(commit) => $"it is computed from other commits, and the target opens its own commit for them. {Undo}.",
            _ when !_target.MustHave(repo, id) => $"the target cannot hold it. {Undo}.",
            { Parent: { } parent } when !_target.MustHave(repo, parent) && !_target.HasCommit(repo, parent) => $"its parent {parent} is not on the target. {Undo}.",
            _ => null,
        };
    }

    private const string Deleted = "it was deleted or emptied on the source, and PachUp deletes nothing on the target. Do the same there, or undo it on the source.";

    private static BranchInventory? Find(ClusterInventory cluster, BranchName branch) => cluster.FindRepo(branch.Repo)?.FindBranch(branch.Branch);
}
