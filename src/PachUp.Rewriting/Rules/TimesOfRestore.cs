using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>Repos and commits get the time of the restore.</summary>
public sealed class TimesOfRestore : IRule
{
    private const string Rule = "times";

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Announce(draft.Carried.Repos
        .Where(repo => !draft.OutputRepos.Contains(repo.Name))
        .Select(repo => new AnnouncedChange(
            ChangeKind.Changed,
            Items.Repo(repo.Name, Detail(repo)),
            Rule,
            $"the operations of {draft.Target.Release.Line} have no fields for times: they become the time of the restore")));

    private static string Detail(RepoInventory repo) =>
        repo.Commits.IsEmpty ? "creation time" : $"creation time, started and finished times of {Items.Count(repo.Commits.Length, "commit")}";
}
