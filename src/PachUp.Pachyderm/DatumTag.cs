using System.Buffers;

namespace PachUp.Pachyderm;

/// <summary>
/// The tag that a worker creates for the result of a datum: 68 hex digits. The first 4 depend on the pipeline and its salt. The tag of the datum's
/// statistics has the same name with a suffix. A worker skips a datum if its tag exists.
/// </summary>
public static class DatumTag
{
    private const int Digits = 68;
    private const string StatsEnding = "_stats";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether a tag belongs to a datum.</summary>
    public static bool IsDatumTag(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var digits = tag.EndsWith(StatsEnding, StringComparison.Ordinal) ? tag.AsSpan(0, tag.Length - StatsEnding.Length) : tag;
        return digits.Length == Digits && !digits.ContainsAnyExcept(HexDigits);
    }
}
