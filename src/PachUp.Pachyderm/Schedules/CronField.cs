using System.Globalization;

namespace PachUp.Pachyderm.Schedules;

/// <summary>One of the five fields of a cron spec.</summary>
/// <param name="First">Its smallest value.</param>
/// <param name="Last">Its largest value.</param>
/// <param name="Names">The names of its values, from the smallest; empty if it has only numbers.</param>
internal sealed record CronField(int First, int Last, string[] Names)
{
    /// <summary>The fields in the order of a spec: minute, hour, day of the month, month, day of the week.</summary>
    public static IReadOnlyList<CronField> All { get; } =
    [
        new(0, 59, []),
        new(0, 23, []),
        new(1, 31, []),
        new(1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        new(0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    /// <summary>Whether a text means all values.</summary>
    public static bool IsStar(string text) => text is "*" or "?";

    /// <summary>The value of a text; null if it is invalid.</summary>
    public int? ValueOf(string text)
    {
        var name = Array.IndexOf(Names, text.ToLowerInvariant());
        if (name >= 0)
            return name + First;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The values in a valid list of ranges, such as <c>1-5,10,*/20</c>.</summary>
    public IReadOnlySet<int> ValuesOf(string ranges) => ranges.Split(',').SelectMany(ValuesOfRange).ToHashSet();

    private IEnumerable<int> ValuesOfRange(string range)
    {
        var stepped = range.Split('/');
        var bounds = stepped[0].Split('-');
        var first = IsStar(bounds[0]) ? First : ValueOf(bounds[0])!.Value;
        var step = stepped.Length > 1 ? Math.Max(ValueOf(stepped[1])!.Value, 1) : 1;

        // A single number with a step is the start of a range up to the last value.
        var reachesEnd = IsStar(bounds[0]) || (bounds.Length == 1 && stepped.Length > 1);
        var last = reachesEnd ? Last : ValueOf(bounds[^1])!.Value;
        for (var value = first; value <= last; value += step)
        {
            yield return value;
        }
    }
}
