using System.Buffers;
using System.Globalization;
using System.Text;

namespace PachUp.Common.Text;

/// <summary>
/// Makes the characters of a text visible that readers cannot see, or that change what they see: control characters such as escape sequences of terminals,
/// line breaks, characters for the direction of text, characters without width. Names and messages from servers, archives, feeds and files could use them to
/// hide or to forge something. Every output passes through this class once, where it leaves PachUp.
/// </summary>
public static class SafeText
{
    private const string Indentation = "    ";

    // Default_Ignorable_Code_Point of Unicode, without those of the categories below.
    private static readonly (int First, int Last)[] WithoutWidth =
        [(0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF)];

    /// <summary>
    /// The text on one line; each such character is written as <c>\u{202E}</c>. Two texts never look the same: where the text itself has a backslash before
    /// <c>u{</c> or before such a character, the backslash is doubled. A half of a surrogate pair becomes U+FFFD.
    /// </summary>
    public static string Of(string text)
    {
        if (IsSafe(text) && !text.Contains("\\u{", StringComparison.Ordinal))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        var backslashes = 0;
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            at += length;
            if (!IsVisible(rune))
            {
                safe.Append('\\', backslashes).Append(Escape(rune));
            }
            else
            {
                safe.Append('\\', rune.Value == 'u' && text.AsSpan(at) is ['{', ..] ? backslashes : 0).Append(rune);
            }

            backslashes = rune.Value == '\\' ? backslashes + 1 : 0;
        }

        return safe.ToString();
    }

    /// <summary>A stack trace below an entry of a log. Its lines are indented, so that none looks like an entry.</summary>
    public static string OfTrace(string trace) => string.Join(Environment.NewLine, LinesOf(trace).Select(line => Indentation + Of(line)));

    /// <summary>The lines of a text. Only line feeds, and carriage returns before them, end a line.</summary>
    public static IEnumerable<string> LinesOf(string text) => text.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line);

    /// <summary>
    /// A line of a document whose texts are safe already, such as Markdown. What is not safe is escaped; nothing is doubled, so a safe document stays as it is.
    /// </summary>
    public static string OfDocument(string line) => Replace(line, Escape);

    /// <summary>A JSON document with such characters as JSON escapes, <c>\u202e</c>: a program reads the same values, and a terminal shows them.</summary>
    public static string OfJson(string json) =>
        Replace(json, rune => rune.Value is '\n' or '\r' ? rune.ToString() : string.Concat(rune.ToString().Select(unit => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"))));

    /// <summary>Whether a text is on one line and has no such characters.</summary>
    public static bool IsSafe(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done || !IsVisible(rune))
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    private static string Replace(string text, Func<Rune, string> escape)
    {
        if (IsSafe(text))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            safe.Append(IsVisible(rune) ? rune.ToString() : escape(rune));
        }

        return safe.ToString();
    }

    private static string Escape(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");

    private static bool IsVisible(Rune rune) => rune.Value is >= ' ' and <= '~' || (HasVisibleCategory(rune) && HasWidth(rune));

    private static bool HasVisibleCategory(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    private static bool HasWidth(Rune rune) => !Array.Exists(WithoutWidth, range => range.First <= rune.Value && rune.Value <= range.Last);
}
