using PachUp.Pachyderm.Inventories;
using PachUp.Plugins.Pachyderm18To19.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19.Checks;

/// <summary>The answer to whether a rule leaves commits out.</summary>
internal static class LeftOutCommits
{
    /// <summary>A warning with the commits, or passed.</summary>
    /// <param name="context">What is known.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="passed">What to say where it leaves nothing out.</param>
    /// <param name="found">What to say of the commits.</param>
    /// <param name="remedy">What to do about them.</param>
    public static CheckResult Answer(IStepContext context, string rule, string passed, string found, string remedy)
    {
        var commits = context.Survey.Foresight.Changes
            .Where(change => change.Kind == ChangeKind.LeftOut && change.Item.Kind == ItemKind.Commit && change.Rule == rule)
            .Select(change => change.Item.Name)
            .ToList();
        return commits.Count == 0 ? CheckResult.Passed(passed) : CheckResult.Warning($"{Items.Count(commits.Count, "commit")}: {found}", remedy, commits);
    }
}
