using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>Repos get the time of the restore, and commits too unless the sent operations have times for them.</summary>
public sealed class TimesOfRestore : IRule
{
    private const string Rule = "times";

    /// <summary>Whether the sent operations have the times of commits, as those of 1.10 and later do. Default: no.</summary>
    public bool KeepsThoseOfCommits { get; init; }

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Announce(draft.Carried.Repos
        .Where(repo => !draft.OutputRepos.Contains(repo.Name))
        .Select(repo => new AnnouncedChange(
            ChangeKind.Changed,
            Items.Repo(repo.Name, Detail(repo)),
            Rule,
            KeepsThoseOfCommits
                ? $"the operations of {draft.Target.Release.Line} have no field for it: it becomes the time of the restore"
                : $"the operations of {draft.Target.Release.Line} have no fields for times: they become the time of the restore")));

    private string Detail(RepoInventory repo) =>
        repo.Commits.IsEmpty || KeepsThoseOfCommits ? "creation time" : $"creation time, started and finished times of {Items.Count(repo.Commits.Length, "commit")}";
}
