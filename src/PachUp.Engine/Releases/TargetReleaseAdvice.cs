using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Releases;

/// <summary>Decides whether the chosen release of the target is published and recommended.</summary>
public static class TargetReleaseAdvice
{
    /// <summary>
    /// Refuses a release that was never published, and warns about a custom build. An early point release passes with a recommendation, because the
    /// plan or the user chose it.
    /// </summary>
    /// <param name="target">The chosen release of the target.</param>
    /// <param name="catalogue">The known releases.</param>
    public static CheckResult For(Release target, ReleaseCatalogue catalogue)
    {
        var latest = catalogue.LatestOf(target.Line)?.Release;
        return target switch
        {
            _ when latest is null || !catalogue.Contains(target.WithoutSuffix()) => NeverPublished(target, catalogue),
            { IsCustomBuild: true } => CustomBuild(target, latest),
            _ when target < latest => Superseded(target, latest),
            _ => CheckResult.Passed($"The target is {target}, the latest point release of line {target.Line}."),
        };
    }

    private static CheckResult NeverPublished(Release target, ReleaseCatalogue catalogue) =>
        CheckResult.Refused(
            $"There is no Pachyderm release {target}.",
            $"Choose a published release with --to, such as {catalogue.NearestTo(target)}.");

    private static CheckResult CustomBuild(Release target, Release latest) =>
        CheckResult.Warning(
            $"The target is {target}, a custom build. PachUp treats it as {target.WithoutSuffix()} and cannot know what was changed in it.",
            $"Choose a published release with --to, such as {latest}. Or, if you know the build, accept the warning.");

    private static CheckResult Superseded(Release target, Release latest) =>
        new(
            CheckOutcome.Passed,
            $"The target is {target}; the latest point release of line {target.Line} is {latest}.",
            $"Consider --to {latest}, because {ReasonsToUpgrade.Between(target, latest)}.");
}
