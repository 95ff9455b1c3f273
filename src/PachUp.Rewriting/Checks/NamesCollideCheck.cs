using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Two branches of one repo whose names would become one.</summary>
public sealed class NamesCollideCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "names-collide";

    /// <inheritdoc/>
    public string Question => "Would two branches of a repo get the same name on the target?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Up to 1.8 the name of a branch may have any character, from 1.9 on letters, digits, underscores and dashes. The others are replaced, "
            + "and two names that become one would make one branch of two.",
        WhenPassed = "Every branch keeps a name of its own.",
        WhenRefused = "Rename one of each pair that is named, on the source.",
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var (source, target) = (context.Survey.Source, ReleaseTraits.Of(context.TargetRelease));
        var collisions = source.Repos
            .Where(repo => !OutputRepos.IsComputed(source, repo.Name))
            .SelectMany(repo => CollisionsIn(repo, target))
            .ToList();
        return Task.FromResult(collisions.Count == 0
            ? CheckResult.Passed("No two branches get the same name")
            : CheckResult.Refused(
                $"{target.Release.Line} allows letters, digits, underscores and dashes in branch names; with the others replaced, different branches "
                    + "would become one",
                "Rename one of each pair on the source: create a branch of another name with the same head, let the pipelines read that one, "
                    + "then delete the old one.",
                collisions));
    }

    private static IEnumerable<string> CollisionsIn(RepoInventory repo, ReleaseTraits target) => repo.Branches
        .GroupBy(branch => BranchNames.For(target, branch.Name))
        .Where(same => same.Count() > 1)
        .Select(same => $"repo {repo.Name}: {string.Join(" and ", same.Select(branch => $"\"{branch.Name}\""))} would become \"{same.Key}\"");
}
