using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace PachUp.Pachyderm;

/// <summary>A line of releases with the same metadata format, such as 1.8. A change within a line is an upgrade, between two lines a migration.</summary>
/// <param name="Major">Zero or more.</param>
/// <param name="Minor">Zero or more.</param>
[JsonConverter(typeof(ReleaseLineJsonConverter))]
public readonly record struct ReleaseLine(int Major, int Minor) : IComparable<ReleaseLine>, IParsable<ReleaseLine>
{
    /// <summary>Reads <c>1.8</c>.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is not a line of two parts.</exception>
    public static ReleaseLine Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var line) ? line : throw new FormatException($"\"{s}\" is not a release line; expected two numbers such as 1.8.");

    /// <summary>Reads a line like <see cref="Parse"/>; false if the text is not a line.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ReleaseLine result)
    {
        result = default;
        if (s?.Split('.') is not [var major, var minor]
            || !int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var majorNumber)
            || !int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var minorNumber))
        {
            return false;
        }

        result = new ReleaseLine(majorNumber, minorNumber);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(ReleaseLine other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <summary>Two numbers: <c>1.8</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    /// <summary>Whether <paramref name="left"/> is an earlier line.</summary>
    public static bool operator <(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is an earlier line or the same.</summary>
    public static bool operator <=(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is a later line.</summary>
    public static bool operator >(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is a later line or the same.</summary>
    public static bool operator >=(ReleaseLine left, ReleaseLine right) => left.CompareTo(right) >= 0;
}
