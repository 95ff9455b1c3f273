using PachUp.Common.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PachUp.Cli.Terminals;

/// <summary>
/// Writes lines that fit the width of a console. Names are never broken, so that they can be found and copied. What is not visible in a text is made
/// visible, so that no text can change the terminal or look like another line.
/// </summary>
/// <param name="console">The console.</param>
internal sealed class Page(IAnsiConsole console)
{
    private const int Step = 2;

    /// <summary>The number of columns.</summary>
    public int Width => console.Profile.Width;

    public void Blank() => console.WriteLine();

    public void Heading(string text) => Line(Look.Heading(text));

    /// <summary>A paragraph.</summary>
    /// <param name="text">The text.</param>
    /// <param name="level">The indentation level; 0 for none.</param>
    public void Line(StyledText text, int level = 0) => Hang("", text, level);

    /// <summary>A paragraph with a lead; the lines after the first are indented below its text.</summary>
    /// <param name="lead">The text before it, with its trailing spaces.</param>
    /// <param name="text">The text.</param>
    /// <param name="level">The indentation level; 0 for none.</param>
    public void Hang(StyledText lead, StyledText text, int level = 0)
    {
        var margin = new string(' ', level * Step);
        var safeLead = lead.Safe();
        var leadWidth = safeLead.ToString().Length;
        var first = true;
        foreach (var line in LineWrapper.Wrap(text.Safe(), Math.Max(1, Width - margin.Length - leadWidth)))
        {
            Verbatim(margin + (first ? safeLead : new string(' ', leadWidth)) + line);
            first = false;
        }
    }

    /// <summary>Names and values in two columns; values that are empty are left out.</summary>
    public void Fields(int level, params IReadOnlyList<(string Name, StyledText Value)> fields)
    {
        var shown = fields.Where(field => field.Value.ToString().Length > 0).ToList();
        var nameWidth = shown.Count == 0 ? 0 : shown.Max(field => field.Name.Length);
        foreach (var (name, value) in shown)
        {
            Hang(name.PadRight(nameWidth + 2), value, level);
        }
    }

    /// <summary>A text on one line of any length, such as a line of a log.</summary>
    /// <param name="text">The text.</param>
    /// <param name="level">The indentation level; 0 for none.</param>
    public void Unbroken(string text, int level = 0) => Verbatim(new string(' ', level * Step) + SafeText.Of(text));

    /// <summary>Rows below a heading, in columns of the width of their content.</summary>
    public void Table(IReadOnlyList<string> heading, IReadOnlyList<IReadOnlyList<StyledText>> rows)
    {
        var safe = rows.Select(row => row.Select(cell => cell.Safe()).ToArray()).ToList();
        var widths = heading
            .Select((title, column) => safe.Select(row => row[column].ToString().Length).Append(title.Length).Max())
            .ToArray();
        Verbatim(Row([.. heading.Select(Look.Heading)], widths));
        foreach (var row in safe)
        {
            Verbatim(Row(row, widths));
        }
    }

    /// <summary>A command to copy.</summary>
    public void Command(IEnumerable<string> arguments, int level = 1) => CommandLines(width => ShellText.Wrap(arguments, width), level);

    /// <summary>A command to copy that is written as a shell reads it.</summary>
    public void WrittenCommand(string command, int level = 1) => CommandLines(width => ShellText.WrapWritten(command.Split(' '), width), level);

    private void CommandLines(Func<int, IEnumerable<string>> wrap, int level)
    {
        var margin = new string(' ', level * Step);
        foreach (var line in wrap(Width - margin.Length))
        {
            Verbatim(margin + line);
        }
    }

    /// <summary>A document whose texts are safe already, such as Markdown, line by line.</summary>
    public void Document(string text)
    {
        foreach (var line in SafeText.LinesOf(text))
        {
            Verbatim(line);
        }
    }

    /// <summary>A JSON document.</summary>
    public void Json(string json) => Document(SafeText.OfJson(json));

    private static StyledText Row(StyledText[] cells, int[] widths)
    {
        StyledText row = "";
        for (var column = 0; column < cells.Length; column++)
        {
            var isLast = column == cells.Length - 1;
            row += cells[column] + (isLast ? "" : new string(' ', widths[column] - cells[column].ToString().Length + Step));
        }

        return row;
    }

    private void Verbatim(StyledText line) => console.Write(new VerbatimText(line));

    /// <summary>A line that the console does not break. <see cref="SafeConsole"/> escapes what is left of characters that are not visible.</summary>
    private sealed class VerbatimText(StyledText line) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            [.. line.Parts.Select(part => new Segment(part.Text, part.Style)), Segment.LineBreak];
    }
}
