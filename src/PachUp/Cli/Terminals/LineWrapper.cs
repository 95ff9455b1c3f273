namespace PachUp.Cli.Terminals;

/// <summary>Breaks text into lines, only at spaces: a name that is longer than a line is not broken, so that it can be copied.</summary>
internal static class LineWrapper
{
    /// <summary>The lines of a text.</summary>
    /// <param name="text">The text; its own line ends are kept.</param>
    /// <param name="width">How many columns a line may have.</param>
    public static IEnumerable<StyledText> Wrap(StyledText text, int width)
    {
        var plain = text.ToString();
        var start = 0;
        while (true)
        {
            var end = EndOfLine(plain, start, width);
            yield return text.Slice(start, end);
            if (end == plain.Length)
            {
                yield break;
            }

            start = StartOfNext(plain, end);
        }
    }

    private static int EndOfLine(string text, int start, int width)
    {
        var lineEnd = text.IndexOf('\n', start);
        var limit = lineEnd < 0 ? text.Length : lineEnd;
        if (limit - start <= width)
        {
            return limit;
        }

        var lastSpace = text.LastIndexOf(' ', start + width, width);
        var space = lastSpace > start ? lastSpace : text.IndexOf(' ', start + 1, limit - start - 1);
        return space < 0 ? limit : space;
    }

    private static int StartOfNext(string text, int end)
    {
        if (text[end] == '\n')
        {
            return end + 1;
        }

        while (end < text.Length && text[end] == ' ')
        {
            end++;
        }

        return end;
    }
}
