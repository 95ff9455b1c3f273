using System.Diagnostics.CodeAnalysis;
using NuGet.Versioning;
using PachUp.Packages.Resolving;

namespace PachUp.Packages;

/// <summary>The requested version of a plugin: the highest that fits.</summary>
public sealed class VersionRequest
{
    private readonly VersionRange _range;
    private readonly bool _prereleases;

    private VersionRequest(VersionRange range, bool prereleases) => (_range, _prereleases) = (range, prereleases);

    /// <summary>Any that is not a prerelease.</summary>
    public static VersionRequest Any { get; } = new(VersionRange.All, prereleases: false);

    /// <summary>The only version that fits; null if there can be several.</summary>
    internal NuGetVersion? Only => _range is { IsMinInclusive: true, IsMaxInclusive: true, HasLowerAndUpperBounds: true } && _range.MinVersion == _range.MaxVersion
        ? _range.MinVersion
        : null;

    /// <summary>Reads a version, which stands for itself alone; or a range as NuGet writes it: <c>[1.2,2.0)</c>, <c>1.*</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionRequest? wanted)
    {
        wanted = NuGetVersion.TryParse(text, out var only) ? Exactly(only)
            : VersionRange.TryParse(text, allowFloating: true, out var range) ? new VersionRequest(range, range.AllowsPrereleases())
            : null;
        return wanted is not null;
    }

    /// <summary>Any that is not older than one; prereleases only where that is one itself.</summary>
    public static VersionRequest From(string version)
    {
        var lowest = NuGetVersion.Parse(version);
        return new VersionRequest(new VersionRange(lowest), lowest.IsPrerelease);
    }

    /// <summary>One version.</summary>
    public static VersionRequest Exactly(string version) => Exactly(NuGetVersion.Parse(version));

    private static VersionRequest Exactly(NuGetVersion version) => new(new VersionRange(version, true, version, true), prereleases: true);

    /// <summary>Whether a version fits.</summary>
    public bool Accepts(string version) => Accepts(NuGetVersion.Parse(version));

    /// <inheritdoc/>
    public override string ToString() => Only?.ToNormalizedString() ?? _range.OriginalString ?? _range.ToNormalizedString();

    internal bool Accepts(NuGetVersion version) => _range.Satisfies(version) && (_prereleases || !version.IsPrerelease);
}
