using NuGet.Versioning;

namespace PachUp.Packages.Resolving;

/// <summary>What ranges of versions mean here.</summary>
internal static class VersionRanges
{
    /// <summary>Whether prereleases count: a range says so by naming one.</summary>
    public static bool AllowsPrereleases(this VersionRange range) =>
        range.MinVersion?.IsPrerelease == true || range.MaxVersion?.IsPrerelease == true
        || range.Float?.FloatBehavior is NuGetVersionFloatBehavior.Prerelease or NuGetVersionFloatBehavior.AbsoluteLatest;
}
