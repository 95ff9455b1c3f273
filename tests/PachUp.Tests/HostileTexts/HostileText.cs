using System.Globalization;
using System.Text;
using System.Text.Json;
using PachUp.Common.Text;

namespace PachUp.Tests.HostileTexts;

/// <summary>A text that tries everything that a text can do to a terminal, a log or a report.</summary>
internal static class HostileText
{
    /// <summary>What the text wants to have at the beginning of a line.</summary>
    private const string Forged = "FORGED";

    /// <summary>
    /// Every control character, every character of format and every separator of lines, then sequences that terminals obey, and a text that looks like an
    /// escape. It has no space, so that no line is broken inside it.
    /// </summary>
    public static string Whole { get; } = Sequences("a") + string.Concat(Enumerable.Range(0, 0x110000)
        .Where(Rune.IsValid).Select(value => new Rune(value))
        .Where(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)) + "z";

    /// <summary>A text that file systems and the command line can hold.</summary>
    public static string Short { get; } = Sequences("b") + "\u009B2J\u200B\u061C\u2028z";

    /// <summary>Asserts that an output for people has nothing of the text that works, and shows the text.</summary>
    public static void AssertSafe(string output, string what)
    {
        foreach (var line in output.Split(Environment.NewLine))
        {
            var unsafeRune = line.EnumerateRunes().FirstOrDefault(rune => !SafeText.IsSafe(rune.ToString()));
            Assert.True(unsafeRune == default && SafeText.IsSafe(line), $"{what}: U+{unsafeRune.Value:X4} in \"{SafeText.Of(line)}\"");
            Assert.False(line.TrimStart().StartsWith(Forged, StringComparison.Ordinal), $"{what}: a forged line \"{line}\"");
        }
    }

    /// <summary>Asserts that an output shows the text, in the form of its escapes. Markdown has more backslashes.</summary>
    public static void AssertShown(string output, string what) =>
        Assert.True(output.Replace("\\", "", StringComparison.Ordinal).Contains("u{001B}]0;title", StringComparison.Ordinal), $"{what} shows nothing of the text:\n{output}");

    /// <summary>Asserts that an output is JSON documents, one per line or one alone.</summary>
    public static void AssertJson(string output, string what)
    {
        AssertSafe(output, what);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(output), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
        }
    }

    private static string Sequences(string start) => $"{start}\u001B]0;title\u0007\u001B[31mred\u001B[0m\u202Eslaer\u202C\r\n{Forged}\\u{{202E}}[bold]<b>|`*_";
}
