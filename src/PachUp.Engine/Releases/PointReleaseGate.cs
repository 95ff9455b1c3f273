using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Releases;

/// <summary>
/// Decides whether a plan accepts the release of the source. A migration from an early point release of a line can corrupt data.
/// </summary>
public static class PointReleaseGate
{
    private static readonly string[] PreReleaseSuffixes = ["rc", "alpha", "beta"];

    /// <summary>Makes the decision from the arguments only.</summary>
    /// <param name="source">The release of the source.</param>
    /// <param name="line">The line that the plan migrates from.</param>
    /// <param name="atLeast">The oldest point release that the plan accepts.</param>
    /// <param name="catalogue">The known releases.</param>
    public static CheckResult Decide(Release source, ReleaseLine line, Release atLeast, ReleaseCatalogue catalogue)
    {
        var latest = catalogue.LatestOf(line)?.Release ?? atLeast;
        var number = source.WithoutSuffix();
        return source switch
        {
            _ when source.Line != line => WrongLine(source, line, catalogue),
            { IsCustomBuild: true } when IsPreRelease(source) => PreRelease(source, latest),
            _ when number < atLeast => TooOld(source, atLeast, latest),
            { IsCustomBuild: true } => CustomBuild(source, latest),
            _ when source < latest => NotTheLatest(source, latest),
            _ when source > latest => NotKnown(source, latest),
            _ => CheckResult.Passed($"The source is {source}, the latest point release of line {line}."),
        };
    }

    private static CheckResult WrongLine(Release source, ReleaseLine line, ReleaseCatalogue catalogue) =>
        CheckResult.Refused(
            $"The source is {source}, a release of line {source.Line}, but this plan migrates from line {line}.",
            source.Line < line
                ? $"First migrate the source to line {line}: {Route(source.Line, line, catalogue)}, one migration per arrow. Then use this plan."
                : $"The source is already newer than line {line}. Use a plan that migrates from line {source.Line}.");

    private static string Route(ReleaseLine from, ReleaseLine to, ReleaseCatalogue catalogue) =>
        string.Join(" -> ", catalogue.Lines.Where(line => from < line && line < to).Prepend(from).Append(to));

    /// <summary>No release guarantees that it can read the metadata of a release candidate: pachyderm/pachyderm#1801.</summary>
    private static bool IsPreRelease(Release source) =>
        PreReleaseSuffixes.Any(suffix => source.Suffix.StartsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private static CheckResult PreRelease(Release source, Release latest) =>
        CheckResult.Refused(
            $"The source is {source}, a pre-release build. No release supports its data (pachyderm/pachyderm#1801).",
            $"Deploy {latest} as a new cluster, load your data from its original place, and migrate that cluster.");

    private static CheckResult TooOld(Release source, Release atLeast, Release latest) =>
        CheckResult.Refused(
            $"The source is {source}; this plan accepts {atLeast} and later point releases of line {atLeast.Line}.",
            $"First upgrade the source to {latest}, the latest release of line {latest.Line}: {PointReleaseUpgrade.CommandsTo(latest)}.");

    private static CheckResult CustomBuild(Release source, Release latest) =>
        CheckResult.Warning(
            $"The source is {source}, a custom build. PachUp treats it as {source.WithoutSuffix()} and cannot know what was changed in it.",
            $"Upgrade the source to {latest}, a published release: {PointReleaseUpgrade.CommandsTo(latest)}. Or, if you know the build, accept the warning.");

    private static CheckResult NotTheLatest(Release source, Release latest) =>
        CheckResult.Warning(
            $"The source is {source}; the latest point release of line {latest.Line} is {latest}.",
            $"PachUp recommends to upgrade the source to {latest} first, because {ReasonsToUpgrade.Between(source, latest)}. To upgrade, {PointReleaseUpgrade.CommandsTo(latest)}.");

    private static CheckResult NotKnown(Release source, Release latest) =>
        CheckResult.Warning(
            $"The source is {source}. The latest point release of line {latest.Line} that this PachUp knows is {latest}.",
            "Update PachUp with `dotnet tool update --global PachUp`, or accept the warning.");
}
