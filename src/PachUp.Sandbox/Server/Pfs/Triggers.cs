using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Moves branches whose triggers watch another branch of their repo, when that branch gets a new finished head.</summary>
internal sealed class Triggers(Pachd pachd, Propagation propagation)
{
    /// <summary>Handles a commit that was just finished.</summary>
    public void Handle(CommitInfo commit)
    {
        if (!pachd.Traits.Release.HasTriggers)
            return;

        var branches = pachd.Metadata.Branches(commit.Commit.Repo.Name).List().Select(entry => entry.Value).ToDictionary(branch => branch.Branch.Name);
        var moved = branches.Values.Where(branch => branch.Head?.Id == commit.Commit.Id).Select(branch => branch.Branch.Name).ToHashSet();
        var seen = new HashSet<string>();
        foreach (var branch in branches.Values)
        {
            Follow(branch, commit, branches, moved, seen);
        }
    }

    /// <summary>Moves a branch if its trigger fires, after the branch that the trigger watches.</summary>
    private void Follow(BranchInfo branch, CommitInfo commit, Dictionary<string, BranchInfo> branches, HashSet<string> moved, HashSet<string> seen)
    {
        if (branch.Trigger is not { } trigger || !seen.Add(branch.Branch.Name) || branches.GetValueOrDefault(trigger.Branch) is not { } watched)
            return;

        Follow(watched, commit, branches, moved, seen);
        if (!moved.Contains(trigger.Branch) || !TriggerRules.Fires(trigger, branch.Head is { } head ? Find(head) : null, commit, ParentOf))
            return;

        pachd.Metadata.Branches(branch.Branch.Repo.Name).Update(branch.Branch.Name, info => info.Head = commit.Commit.Clone());
        moved.Add(branch.Branch.Name);
        propagation.Propagate(branch.Branch);
    }

    private CommitInfo? ParentOf(CommitInfo commit) => commit.ParentCommit is { } parent ? Find(parent) : null;

    private CommitInfo? Find(Commit commit) => pachd.Metadata.Commits(commit.Repo.Name).Find(commit.Id);
}
