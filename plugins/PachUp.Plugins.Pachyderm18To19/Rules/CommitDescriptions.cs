using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Rules;

/// <summary>No operation of these releases has a field for the description of a commit.</summary>
internal sealed class CommitDescriptions : IRule
{
    private const string Rule = "commit-description";
    private const string Why = "the operations of 1.9 have no field for it";

    public Draft Apply(Draft draft) => draft
        .Announce(draft.Carried.Repos.SelectMany(repo => repo.Commits
            .Where(commit => commit.Description.Length > 0)
            .Select(commit => new AnnouncedChange(
                ChangeKind.Changed, Items.Commit(repo.Name, commit.Id, $"description \"{commit.Description}\" -> none"), Rule, Why))))
        .WithRepos(repo => repo with { Commits = [.. repo.Commits.Select(commit => commit with { Description = "" })] });
}
