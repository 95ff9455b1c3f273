using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Leaves out open commits. No pachd can restore them: the stream does not contain their files, and nothing finishes them on the target. A started
/// cron tick is an open commit too; pachd deletes it when it starts to watch the pipeline, and makes it again.
/// </summary>
public sealed class OpenCommits : IRule
{
    internal const string OpenCommit = "open-commit";
    private const string OpenTick = "open-tick";
    private const string WhyTick = "it is a cron tick that was started but not finished; pachd deletes it and continues from the tick before it";

    private static readonly CommitRemoval Removal = new(OpenCommit, commit => commit.IsOpen, "it is open, and no pachd can restore an open commit");

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
