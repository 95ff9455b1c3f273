using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>Announces that commits lose the name of the branch on which they were made: streams of 1.9.6 and later do not contain it.</summary>
public sealed class BranchesOfCommits : IRule
{
    private const string Rule = "commit-branch";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft
        .Announce(draft.Carried.Repos
            .Select(repo => (repo.Name, Made: repo.Commits.Count(commit => commit.Branch is not null)))
            .Where(repo => repo.Made > 0)
            .Select(repo => new AnnouncedChange(
                ChangeKind.Changed,
                Items.Repo(repo.Name, $"branch of {Items.Count(repo.Made, "commit")} -> none"),
                Rule,
                "the stream does not contain it; the heads of branches and the parents of commits are kept")))
        .WithRepos(repo => repo with { Commits = [.. repo.Commits.Select(commit => commit with { Branch = null })] });
}
