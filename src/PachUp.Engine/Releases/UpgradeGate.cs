using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Releases;

/// <summary>Decides whether a cluster can be upgraded by deploying another release on the same volumes: only to a later release of its line.</summary>
public static class UpgradeGate
{
    /// <summary>Makes the decision from the arguments only.</summary>
    /// <param name="source">The release of the cluster now.</param>
    /// <param name="target">The release after the upgrade.</param>
    /// <param name="catalogue">The known releases.</param>
    public static CheckResult Decide(Release source, Release target, ReleaseCatalogue catalogue) => target switch
    {
        _ when target.Line < source.Line => Back(source, target),
        _ when target.Line > source.Line => MigrationNeeded(source, target, catalogue),
        _ when target == source => CheckResult.Refused(
            $"The cluster already runs {source}. There is nothing to upgrade.", "Choose another release with --to, or do nothing."),
        _ when target < source => Back(source, target),
        _ => CheckResult.Passed($"{source} to {target} is an upgrade within line {source.Line}. All releases of the line read the same metadata."),
    };

    private static CheckResult MigrationNeeded(Release source, Release target, ReleaseCatalogue catalogue)
    {
        var latest = catalogue.LatestOf(source.Line)?.Release ?? source;
        var before = source < latest ? $"First upgrade to {latest} with this plan, then migrate" : "Migrate";
        return CheckResult.Refused(
            $"This needs a migration: {source} is of line {source.Line}, and {target} is of line {target.Line}, which uses another metadata format.",
            $"{before}: \"pachup plan --to {target}\" finds and shows the plan for the next migration.");
    }

    private static CheckResult Back(Release source, Release target) => CheckResult.Refused(
        $"{target} is older than {source}, the release of the cluster. An older pachd may not be able to read the metadata of a later release.",
        $"To go back, restore a backup into a new, empty cluster of {target}.");
}
