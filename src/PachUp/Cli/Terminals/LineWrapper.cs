namespace PachUp.Cli.Terminals;

/// <summary>Breaks text into lines, only at spaces: a name that is longer than a line is not broken, so that it can be copied.</summary>
internal static class LineWrapper
{
    /// <summary>The lines of a text.</summary>
    /// <param name="text">The text, without line breaks.</param>
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
        if (text.Length - start <= width)
        {
            return text.Length;
        }

        var lastSpace = text.LastIndexOf(' ', start + width, width);
        var space = lastSpace > start ? lastSpace : text.IndexOf(' ', start + 1);
        return space < 0 ? text.Length : space;
    }

    private static int StartOfNext(string text, int end)
    {
        while (end < text.Length && text[end] == ' ')
        {
            end++;
        }

        return end;
    }
}
