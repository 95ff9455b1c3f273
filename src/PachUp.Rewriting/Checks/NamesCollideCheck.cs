using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Finds two branches of one repo that would get the same name.</summary>
public sealed class NamesCollideCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "names-collide";

    /// <inheritdoc/>
    public string Question => "Would two branches of a repo get the same name on the target?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Up to 1.8 a branch name may contain any character; from 1.9 on only letters, digits, underscores and dashes. PachUp replaces the "
            + "other characters. If two names become equal, two branches would become one.",
        WhenPassed = "Every branch has a different name on the target.",
        WhenRefused = "On the source, rename one branch of each named pair.",
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
                $"{target.Release.Line} allows letters, digits, underscores and dashes in branch names; with the other characters replaced, "
                    + "different branches would become one",
                "Rename one branch of each pair on the source: create a branch of another name with the same head, change the pipelines to read "
                    + "it, then delete the old branch.",
                collisions));
    }

    private static IEnumerable<string> CollisionsIn(RepoInventory repo, ReleaseTraits target) => repo.Branches
        .GroupBy(branch => BranchNames.For(target, branch.Name))
        .Where(same => same.Count() > 1)
        .Select(same => $"repo {repo.Name}: {string.Join(" and ", same.Select(branch => $"\"{branch.Name}\""))} would become \"{same.Key}\"");
}
