using NuGet.Versioning;

namespace PachUp.Packages.Resolving;

/// <summary>Rules for version ranges.</summary>
internal static class VersionRanges
{
    /// <summary>Whether a range accepts prereleases: only if it names one.</summary>
    public static bool AllowsPrereleases(this VersionRange range) =>
        range.MinVersion?.IsPrerelease == true || range.MaxVersion?.IsPrerelease == true
        || range.Float?.FloatBehavior is NuGetVersionFloatBehavior.Prerelease or NuGetVersionFloatBehavior.AbsoluteLatest;
}
