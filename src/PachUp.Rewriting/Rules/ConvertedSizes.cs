using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// A release that takes the size of a commit from its operation shows 0 for operations of an older generation, which have no such field.
/// </summary>
public sealed class ConvertedSizes : IRule
{
    private const string Rule = "commit-sizes";
    private const string Why = "operations of this generation have no field for the size, and this release does not compute it";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Target.BuildsCommitsWhole
        ? draft
            .Announce(draft.Carried.Repos
                .Select(repo => (repo.Name, Sized: repo.Commits.Count(commit => commit.SizeBytes > 0)))
                .Where(repo => repo.Sized > 0)
                .Select(repo => new AnnouncedChange(
                    ChangeKind.Changed, Items.Repo(repo.Name, $"the sizes that {Items.Count(repo.Sized, "commit")} show -> 0"), Rule, Why)))
            .WithRepos(repo => repo with { Commits = [.. repo.Commits.Select(commit => commit with { SizeBytes = 0 })] })
        : draft;
}
