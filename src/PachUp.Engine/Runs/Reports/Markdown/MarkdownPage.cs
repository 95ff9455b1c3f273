using System.Text;
using PachUp.Common.Text;

namespace PachUp.Engine.Runs.Reports.Markdown;

/// <summary>Writes Markdown: headings, tables and bullets, with a blank line between them. Special and invisible characters in names are escaped.</summary>
internal sealed class MarkdownPage
{
    private const string Special = "\\`*_{}[]<|#&~";

    private readonly StringBuilder _text = new();

    public void Heading(int level, string text) => Block($"{new string('#', level)} {Escape(text)}");

    public void Paragraph(string text) => Block(Escape(text));

    public void Bullets(IEnumerable<string> items) => Block(string.Join('\n', items.Select(item => $"- {Escape(item)}")));

    public void Table(IReadOnlyList<string> heading, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var rule = heading.Select(_ => "---").ToList();
        Block(string.Join('\n', rows.Prepend(rule).Prepend(heading).Select((row, index) => RowOf(row, isRule: index == 1))));
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string RowOf(IReadOnlyList<string> cells, bool isRule) =>
        $"| {string.Join(" | ", cells.Select(cell => isRule ? cell : Escape(cell)))} |";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in SafeText.Of(text))
        {
            escaped.Append(Special.Contains(character, StringComparison.Ordinal) && !IsInsideWord(escaped, character) ? $"\\{character}" : character);
        }

        return escaped.ToString();
    }

    /// <summary>An underscore between letters needs no escape. Names have many of them.</summary>
    private static bool IsInsideWord(StringBuilder before, char character) => character == '_' && before.Length > 0 && char.IsLetterOrDigit(before[^1]);

    private void Block(string text)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(text).Append('\n');
    }
}
