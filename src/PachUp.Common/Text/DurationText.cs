using System.Globalization;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace PachUp.Common.Text;

/// <summary>The text form of durations in plans and options.</summary>
public static partial class DurationText
{
    /// <summary>The description of the form, for messages.</summary>
    public const string Expected = "a number with its unit, such as 90s, 15m, 2h or 1d";

    /// <summary>The form as a regular expression, for schemas.</summary>
    public const string Pattern = @"^(\d{1,6})([smhd])$";

    /// <summary>Parses a duration; null if the text is not a duration.</summary>
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

    /// <summary>Writes a duration in its largest whole unit, as <see cref="TryParse"/> reads it.</summary>
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
