using System.Globalization;
using System.Text;
using PachUp.Common.Text;

namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>What the drawings have in common: numbers, and texts that fit.</summary>
internal static class Svg
{
    /// <summary>A number of pixels.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A text that takes at most a number of columns of a font with fixed width. The whole text appears when the user points at it.</summary>
    public static void Text(HtmlWriter html, double x, string y, string text, int columns, string look = "page")
    {
        var shown = Shorten(text, columns);
        html.Begin("text", ("class", look), ("x", Number(x)), ("y", y));
        if (shown != text)
        {
            html.Element("title", text);
        }

        html.Text(shown);
        html.End();
    }

    /// <summary>The text, or its beginning and its end: long names often differ only there. Other scripts than Latin may be twice as wide.</summary>
    internal static string Shorten(string text, int columns)
    {
        var runes = SafeText.Of(text).EnumerateRunes().ToArray();
        if (runes.Sum(WidthOf) <= columns)
        {
            return string.Concat(runes);
        }

        var tail = Take(runes.Reverse(), (columns - 1) / 3);
        return $"{string.Concat(Take(runes, columns - 1 - tail.Sum(WidthOf)))}\u2026{string.Concat(Enumerable.Reverse(tail))}";
    }

    private static List<Rune> Take(IEnumerable<Rune> runes, int columns)
    {
        var taken = new List<Rune>();
        foreach (var rune in runes)
        {
            columns -= WidthOf(rune);
            if (columns < 0)
            {
                break;
            }

            taken.Add(rune);
        }

        return taken;
    }

    private static int WidthOf(Rune rune) => rune.Value < 0x300 ? 1 : 2;
}
