using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Releases;

/// <summary>Decides whether redeploying another release on the same volumes is an upgrade: it is within a line, and forward.</summary>
public static class UpgradeGate
{
    /// <summary>Decides. Asks nobody and changes nothing.</summary>
    /// <param name="source">The release that runs.</param>
    /// <param name="target">The release that is wanted.</param>
    /// <param name="catalogue">The known releases.</param>
    public static CheckResult Decide(Release source, Release target, ReleaseCatalogue catalogue) => target switch
    {
        _ when target.Line < source.Line => Back(source, target),
        _ when target.Line > source.Line => MigrationNeeded(source, target, catalogue),
        _ when target == source => CheckResult.Refused(
            $"The cluster is {source} already: there is nothing to upgrade.", "Choose another release with --to, or leave the cluster as it is."),
        _ when target < source => Back(source, target),
        _ => CheckResult.Passed($"{source} to {target} is an upgrade: both are of line {source.Line}, whose releases read the same metadata."),
    };

    private static CheckResult MigrationNeeded(Release source, Release target, ReleaseCatalogue catalogue)
    {
        var latest = catalogue.LatestOf(source.Line)?.Release ?? source;
        var before = source < latest ? $"Upgrade to {latest} with this plan first, then migrate" : "Migrate";
        return CheckResult.Refused(
            $"A migration is needed: {source} is of line {source.Line} and {target} of line {target.Line}, which reads other metadata.",
            $"{before}: \"pachup plan --to {target}\" finds the plan for the next step and shows it.");
    }

    private static CheckResult Back(Release source, Release target) => CheckResult.Refused(
        $"{target} is older than {source}, which runs now: no release of pachd reads the metadata of a later one for certain.",
        $"To go back, restore a backup into a new, empty {target}.");
}
