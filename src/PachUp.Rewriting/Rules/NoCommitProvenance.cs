using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Servers that convert operations of an older generation drop the provenance of commits. Branches keep theirs.
/// </summary>
public sealed class NoCommitProvenance : IRule
{
    private const string Rule = "commit-provenance";
    private const string Why = "the server drops it when it converts the operation";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft
        .Announce(draft.Carried.Repos.SelectMany(repo => repo.Commits
            .Select(commit => (commit.Id, Origins: commit.Provenance.Where(origin => origin.Repo != BranchName.SpecRepo).ToList()))
            .Where(commit => commit.Origins.Count > 0)
            .Select(commit => new AnnouncedChange(ChangeKind.Changed, Items.Commit(repo.Name, commit.Id, CommitProvenance.Dropped(commit.Origins)), Rule, Why))))
        .WithRepos(repo => repo with
        {
            Commits = [.. repo.Commits.Select(commit => commit with { Provenance = [] })],
            Branches = [.. repo.Branches.Select(CommitProvenance.WithoutSpecs)],
        });
}
