using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>1.7 shows the size of everything that was ever put into a repo; from 1.8 on it is the size of the head of <c>master</c>.</summary>
public sealed class RepoSizes : IRule
{
    private const string Rule = "repo-size";
    private const string Master = "master";

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        var changes = draft.Carried.Repos
            .Where(repo => !draft.OutputRepos.Contains(repo.Name) && repo.SizeBytes != SizeOfMaster(repo))
            .Select(repo => new AnnouncedChange(
                ChangeKind.Changed,
                Items.Repo(repo.Name, $"displayed size: {repo.SizeBytes} -> {SizeOfMaster(repo)} bytes"),
                Rule,
                $"{draft.Target.Release.Line} shows the size of the head of {Master}, not that of all branches and commits"));
        return draft.Announce(changes).WithRepos(repo => repo with { SizeBytes = SizeOfMaster(repo) });
    }

    private static long SizeOfMaster(RepoInventory repo)
    {
        var head = repo.FindBranch(Master)?.Head;
        return repo.FindCommit(head)?.SizeBytes ?? 0;
    }
}
