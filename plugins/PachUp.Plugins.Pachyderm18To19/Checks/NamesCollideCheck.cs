using PachUp.Pachyderm.Inventories;
using PachUp.Plugins.Pachyderm18To19.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Checks;

/// <summary>Two branches of one repo whose names would become one.</summary>
internal sealed class NamesCollideCheck : ICheck
{
    public string Name => "names-collide";

    public string Question => "Would two branches of a repo get the same name in 1.9?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "1.8 allows any character in the name of a branch, 1.9 allows letters, digits, underscores and dashes. The others are replaced, and "
            + "two names that become one would make one branch of two.",
        WhenPassed = "Every branch keeps a name of its own.",
        WhenRefused = "Rename one of each pair that is named, on the source.",
    };

    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var source = context.Survey.Source;
        var collisions = source.Repos.Where(repo => !OutputRepos.IsComputed(source, repo.Name)).SelectMany(CollisionsIn).ToList();
        return Task.FromResult(collisions.Count == 0
            ? CheckResult.Passed("No two branches get the same name")
            : CheckResult.Refused(
                "1.9 allows letters, digits, underscores and dashes in branch names; with the others replaced, different branches would become one",
                "Rename one of each pair on the source: create a branch of another name with the same head, let the pipelines read that one, "
                    + "then delete the old one.",
                collisions));
    }

    private static IEnumerable<string> CollisionsIn(RepoInventory repo) => repo.Branches
        .GroupBy(branch => BranchNames.Allowed(branch.Name))
        .Where(same => same.Count() > 1)
        .Select(same => $"repo {repo.Name}: {string.Join(" and ", same.Select(branch => $"\"{branch.Name}\""))} would become \"{same.Key}\"");
}
