using System.Globalization;

namespace PachUp.Common.Text;

/// <summary>Formats numbers, sizes, durations and lists for messages.</summary>
public static class Words
{
    private static readonly string[] ByteUnits = ["B", "KB", "MB", "GB", "TB", "PB"];

    /// <summary><c>1 pipeline</c>, <c>3 pipelines</c>, <c>1,204 branches</c>.</summary>
    public static string Count(long count, string noun)
    {
        var number = count.ToString("#,0", CultureInfo.InvariantCulture);
        return count == 1 ? $"{number} {noun}" : $"{number} {Plural(noun)}";
    }

    /// <summary>The plural of a noun: <c>branches</c> for <c>branch</c>.</summary>
    public static string Plural(string noun) => noun switch
    {
        [.., 'c' or 's', 'h'] or [.., 's'] => noun + "es",
        [.., 'a' or 'e' or 'o' or 'u', 'y'] => noun + "s",
        [.. var stem, 'y'] => stem + "ies",
        _ => noun + "s",
    };

    /// <summary><c>512 B</c>, <c>1.5 MB</c>; a KB is 1024 bytes.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        for (; value >= 1024 && unit < ByteUnits.Length - 1; unit++)
        {
            value /= 1024;
        }

        return unit == 0 ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {ByteUnits[unit]}");
    }

    /// <summary><c>0.4 s</c>, <c>12 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } => $"{duration.Seconds} s",
        { TotalHours: < 1 } => $"{duration.Minutes} min {duration.Seconds} s",
        _ => $"{(int)duration.TotalHours} h {duration.Minutes} min",
    };

    /// <summary>The text as a sentence: with a capital letter and a full stop.</summary>
    public static string AsSentence(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.')}.";

    /// <summary>The first names of a long list, and the number of the others.</summary>
    public static string FirstOf(IReadOnlyCollection<string> names, int most = 5) =>
        names.Count <= most ? string.Join(", ", names) : $"{string.Join(", ", names.Take(most))} and {names.Count - most} more";
}
