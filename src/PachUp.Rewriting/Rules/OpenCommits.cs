using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// No pachd can restore an open commit: what was put into it is not in the stream, and nobody finishes it in the target. A tick that was begun is
/// one, too; pachd itself deletes such a tick when it begins to watch the pipeline, and makes it again.
/// </summary>
public sealed class OpenCommits : IRule
{
    internal const string OpenCommit = "open-commit";
    private const string OpenTick = "open-tick";
    private const string WhyTick = "it is a tick that was begun and not ended; pachd deletes it and ticks on from the one before";

    private static readonly CommitRemoval Removal = new(OpenCommit, commit => commit.IsOpen, "it is not finished, and no pachd can restore an open commit");

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        var ticked = draft.Source.Pipelines.SelectMany(CronPipelines.TickedBranches).ToHashSet();
        var changes = new List<AnnouncedChange>();
        return Removal.Apply(draft.WithRepos(repo => WithoutOpenTick(repo, ticked, changes)).Announce(changes));
    }

    private static RepoInventory WithoutOpenTick(RepoInventory repo, HashSet<BranchName> ticked, List<AnnouncedChange> changes)
    {
        var open = repo.Branches.Where(branch => ticked.Contains(new BranchName(repo.Name, branch.Name)))
            .Select(branch => repo.FindCommit(branch.Head))
            .FirstOrDefault(head => head is { IsOpen: true });
        if (open is null)
        {
            return repo;
        }

        changes.Add(new AnnouncedChange(ChangeKind.Recomputed, Items.Commit(repo.Name, open.Id), OpenTick, WhyTick));
        return repo with
        {
            Commits = [.. repo.Commits.Where(commit => commit.Id != open.Id)],
            Branches = [.. repo.Branches.Select(branch => branch.Head == open.Id ? branch with { Head = open.Parent } : branch)],
        };
    }
}
