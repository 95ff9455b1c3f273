using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Releases;

/// <summary>What to say of the release that somebody wants to move to.</summary>
public static class TargetReleaseAdvice
{
    /// <summary>
    /// Decides: a number that was never published is refused, a custom build is a warning; an early point release passes, with the advice to
    /// take a later one as its remedy, since the plan or the user chose it on purpose.
    /// </summary>
    /// <param name="target">The chosen release.</param>
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
            $"There is no Pachyderm {target}.",
            $"Choose a published release with --to, such as {catalogue.NearestTo(target)}.");

    private static CheckResult CustomBuild(Release target, Release latest) =>
        CheckResult.Warning(
            $"The target is {target}, a custom build: PachUp takes it for {target.WithoutSuffix()} and cannot know what was changed in it.",
            $"Choose a published release with --to, such as {latest}; or accept the warning if you know the build.");

    private static CheckResult Superseded(Release target, Release latest) =>
        new(
            CheckOutcome.Passed,
            $"The target is {target}; the latest point release of line {target.Line} is {latest}.",
            $"Consider --to {latest}, because {ReasonsToUpgrade.ToGo(target, latest)}.");
}
