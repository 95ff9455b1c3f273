using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Rules;

/// <summary>Repos and commits get the time of the restore.</summary>
internal sealed class TimesOfRestore : IRule
{
    private const string Rule = "times";
    private const string Why = "the operations of 1.9 have no fields for times: all become the time of the restore";

    public Draft Apply(Draft draft) => draft.Announce(draft.Carried.Repos
        .Where(repo => !draft.OutputRepos.Contains(repo.Name))
        .Select(repo => new AnnouncedChange(ChangeKind.Changed, Items.Repo(repo.Name, Detail(repo)), Rule, Why)));

    private static string Detail(RepoInventory repo) =>
        repo.Commits.IsEmpty ? "time of creation" : $"time of creation, started and finished times of {Items.Count(repo.Commits.Length, "commit")}";
}
