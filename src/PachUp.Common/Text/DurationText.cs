using System.Globalization;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace PachUp.Common.Text;

/// <summary>How people write spans of time, in plans and in options.</summary>
public static partial class DurationText
{
    /// <summary>What to write, for messages.</summary>
    public const string Expected = "a number with its unit, such as 90s, 15m, 2h or 1d";

    /// <summary>The same as a regular expression, for schemas.</summary>
    public const string Pattern = @"^(\d{1,6})([smhd])$";

    /// <summary>Reads a span of time; null where the text is something else.</summary>
    public static TimeSpan? TryParse(string text)
    {
        if (Written().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var number = int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    /// <summary>A span of time as <see cref="TryParse"/> reads it, in its largest whole unit.</summary>
    public static string Write(TimeSpan duration) => duration switch
    {
        { TotalDays: var days and >= 1 } when double.IsInteger(days) => Invariant($"{days}d"),
        { TotalHours: var hours and >= 1 } when double.IsInteger(hours) => Invariant($"{hours}h"),
        { TotalMinutes: var minutes and >= 1 } when double.IsInteger(minutes) => Invariant($"{minutes}m"),
        _ => Invariant($"{duration.TotalSeconds}s"),
    };

    [GeneratedRegex(Pattern)]
    private static partial Regex Written();
}
