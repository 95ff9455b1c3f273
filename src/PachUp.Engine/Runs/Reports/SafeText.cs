using System.Globalization;
using System.Text;

namespace PachUp.Engine.Runs.Reports;

/// <summary>
/// Makes the characters of a text visible that readers cannot see, or that change the order of what they see: control characters, characters for the
/// direction of text, characters without width. Names from a server could use them to hide something in a report.
/// </summary>
internal static class SafeText
{
    /// <summary>The text on one line; each invisible character is written as <c>\u{202E}</c>. A half of a surrogate pair becomes U+FFFD.</summary>
    public static string Of(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings(" ").EnumerateRunes())
        {
            if (rune.Value == '\t')
            {
                safe.Append(' ');
            }
            else if (IsVisible(rune))
            {
                safe.Append(rune);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
            }
        }

        return safe.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
