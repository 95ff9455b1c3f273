using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Answers whether a rule leaves out commits.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Passed">The answer if it leaves out none.</param>
/// <param name="Found">The text about the commits, after their number.</param>
/// <param name="Remedy">What the user has to do.</param>
internal sealed record LeftOutCommits(string Rule, string Passed, string Found, string Remedy)
{
    /// <summary>A warning with the commits, or passed.</summary>
    public CheckResult Answer(IStepContext context)
    {
        var commits = context.Survey.ExpectedTarget.Changes
            .Where(change => change.Kind == ChangeKind.LeftOut && change.Item.Kind == ItemKind.Commit && change.Rule == Rule)
            .Select(change => change.Item.Name)
            .ToList();
        return commits.Count == 0
            ? CheckResult.Passed(Passed)
            : CheckResult.Warning($"{Items.Count(commits.Count, "commit")} will be missing on the target: {Found}", Remedy, commits);
    }
}
