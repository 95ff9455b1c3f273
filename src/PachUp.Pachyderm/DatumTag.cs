using System.Buffers;

namespace PachUp.Pachyderm;

/// <summary>
/// The name that workers give to the result of a datum: 68 hex digits, of which the first four stand for the pipeline and its salt. What belongs to
/// the statistics of a datum has the same name with an ending. A worker that finds the tag of a datum skips the datum.
/// </summary>
public static class DatumTag
{
    private const int Digits = 68;
    private const string StatsEnding = "_stats";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether a tag has such a name.</summary>
    public static bool IsNameOfOne(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var digits = tag.EndsWith(StatsEnding, StringComparison.Ordinal) ? tag.AsSpan(0, tag.Length - StatsEnding.Length) : tag;
        return digits.Length == Digits && !digits.ContainsAnyExcept(HexDigits);
    }
}
