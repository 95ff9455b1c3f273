using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>The answer to whether a rule leaves commits out.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Passed">What to say where it leaves nothing out.</param>
/// <param name="Found">What to say of the commits, behind their number.</param>
/// <param name="Remedy">What to do about them.</param>
internal sealed record LeftOutCommits(string Rule, string Passed, string Found, string Remedy)
{
    /// <summary>A warning with the commits, or passed.</summary>
    public CheckResult Answer(IStepContext context)
    {
        var commits = context.Survey.Foresight.Changes
            .Where(change => change.Kind == ChangeKind.LeftOut && change.Item.Kind == ItemKind.Commit && change.Rule == Rule)
            .Select(change => change.Item.Name)
            .ToList();
        return commits.Count == 0
            ? CheckResult.Passed(Passed)
            : CheckResult.Warning($"{Items.Count(commits.Count, "commit")} will not be in the target: {Found}", Remedy, commits);
    }
}
