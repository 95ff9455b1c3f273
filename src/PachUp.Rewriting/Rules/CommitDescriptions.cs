using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>Drops the descriptions of commits: no operation of these releases has a field for them.</summary>
public sealed class CommitDescriptions : IRule
{
    private const string Rule = "commit-description";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft
        .Announce(draft.Carried.Repos.SelectMany(repo => repo.Commits
            .Where(commit => commit.Description.Length > 0)
            .Select(commit => new AnnouncedChange(
                ChangeKind.Changed,
                Items.Commit(repo.Name, commit.Id, $"description \"{commit.Description}\" -> none"),
                Rule,
                $"the operations of {draft.Target.Release.Line} have no field for it"))))
        .WithRepos(repo => repo with { Commits = [.. repo.Commits.Select(commit => commit with { Description = "" })] });
}
