using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NuGet.Versioning;

namespace PachUp.Pachyderm;

/// <summary>
/// A release of Pachyderm, such as 1.8.7, or 1.9.0-rc1 for a custom build. Releases are ordered like semantic versions: a build with a
/// suffix comes before the release with the same number.
/// </summary>
[JsonConverter(typeof(ReleaseJsonConverter))]
public sealed class Release : IComparable<Release>, IEquatable<Release>, IParsable<Release>
{
    private readonly SemanticVersion _version;

    /// <summary>Creates the release <paramref name="major"/>.<paramref name="minor"/>.<paramref name="patch"/>.</summary>
    /// <param name="major">Zero or more.</param>
    /// <param name="minor">Zero or more.</param>
    /// <param name="patch">Zero or more; pachd calls it micro.</param>
    /// <param name="suffix">The text after the number of a custom build, without the dash; empty for a release.</param>
    public Release(int major, int minor, int patch, string suffix = "")
        : this(string.IsNullOrEmpty(suffix) ? new SemanticVersion(major, minor, patch) : new SemanticVersion(major, minor, patch, suffix))
    {
    }

    private Release(SemanticVersion version) => _version = version;

    /// <summary>The line of this release: 1.8 for 1.8.7.</summary>
    public ReleaseLine Line => new(_version.Major, _version.Minor);

    /// <summary>The number of this point release within its line: 7 for 1.8.7.</summary>
    public int Patch => _version.Patch;

    /// <summary>The text after the number of a custom build, without the dash; empty for a release.</summary>
    public string Suffix => _version.Release;

    /// <summary>Whether this is a custom build and not a published release.</summary>
    public bool IsCustomBuild => _version.IsPrerelease;

    /// <summary>The release of the same number without the suffix of a custom build.</summary>
    public Release WithoutSuffix() => IsCustomBuild ? new Release(Line.Major, Line.Minor, Patch) : this;

    /// <summary>Reads <c>1.8.7</c>, <c>v1.8.7</c> or <c>1.9.0-rc1</c>.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is not a release number of three parts.</exception>
    public static Release Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var release)
            ? release
            : throw new FormatException($"\"{s}\" is not a release; expected three numbers such as 1.8.7.");

    /// <inheritdoc cref="TryParse(string, IFormatProvider, out Release)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out Release? release) => TryParse(s, null, out release);

    /// <summary>Reads a release like <see cref="Parse"/>; false if the text is not a release.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out Release? result)
    {
        var text = s?.Trim();
        if (text is ['v' or 'V', ..])
        {
            text = text[1..];
        }

        result = text is not null && SemanticVersion.TryParse(text, out var version) ? new Release(version) : null;
        return result is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(Release? other) => other is null ? 1 : _version.CompareTo(other._version);

    /// <inheritdoc/>
    public bool Equals(Release? other) => other is not null && _version.Equals(other._version);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Release);

    /// <inheritdoc/>
    public override int GetHashCode() => _version.GetHashCode();

    /// <summary>The number and, in a custom build, its suffix: <c>1.8.7</c>, <c>1.9.0-rc1</c>.</summary>
    public override string ToString() => _version.ToNormalizedString();

    /// <summary>Whether both are the same release.</summary>
    public static bool operator ==(Release? left, Release? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two are different releases.</summary>
    public static bool operator !=(Release? left, Release? right) => !(left == right);

    /// <summary>Whether <paramref name="left"/> came before <paramref name="right"/>.</summary>
    public static bool operator <(Release left, Release right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> came before <paramref name="right"/> or is the same.</summary>
    public static bool operator <=(Release left, Release right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> came after <paramref name="right"/>.</summary>
    public static bool operator >(Release left, Release right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> came after <paramref name="right"/> or is the same.</summary>
    public static bool operator >=(Release left, Release right) => left.CompareTo(right) >= 0;
}
