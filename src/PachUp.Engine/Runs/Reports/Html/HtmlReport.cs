using System.Globalization;
using PachUp.Engine.Runs.Reports.Outlines;

namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>
/// The report of a run as one HTML file. It loads nothing and runs no script, and says so to the browser (Content-Security-Policy), so that nothing in it
/// could, even if an escape were missing.
/// </summary>
public static class HtmlReport
{
    /// <summary>What the file says about its maker, by which it is recognised.</summary>
    internal const string Generator = "pachup runs report";

    /// <summary>The report of a run.</summary>
    public static string Write(RunReport run)
    {
        var html = new HtmlWriter();
        html.Begin("html", ("lang", "en"));
        WriteHead(html, ReportOutline.TitleOf(run));
        html.Begin("body");
        html.Begin("main");
        html.Element("h1", ReportOutline.TitleOf(run));
        foreach (var block in ReportOutline.Of(run))
        {
            Write(html, block);
        }

        html.End();
        html.End();
        html.End();
        return html.ToString();
    }

    private static void WriteHead(HtmlWriter html, string title)
    {
        html.Begin("head");
        html.Begin("meta", ("charset", "utf-8"));
        html.Begin("meta", ("name", "generator"), ("content", Generator));
        html.Begin("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src '{ReportStyle.Hash}'"));
        html.Begin("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Begin("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Element("title", title);
        html.StyleSheet();
        html.End();
    }

    private static void Write(HtmlWriter html, ReportBlock block)
    {
        switch (block)
        {
            case ReportBlock.Heading heading:
                html.Element(heading.Level == 2 ? "h2" : "h3", heading.Text);
                break;
            case ReportBlock.Verdict verdict:
                WriteVerdict(html, verdict.Value);
                break;
            case ReportBlock.Paragraph paragraph:
                html.Element("p", paragraph.Text);
                break;
            case ReportBlock.Facts facts:
                WriteFacts(html, facts);
                break;
            case ReportBlock.Bullets bullets:
                WriteBullets(html, bullets);
                break;
            case ReportBlock.Table table:
                WriteTable(html, table);
                break;
            case ReportBlock.Timeline timeline:
                TimelineDrawing.Write(html, timeline.Steps);
                break;
            case ReportBlock.Graph graph:
                GraphDrawing.Write(html, graph.Value);
                break;
        }
    }

    private static void WriteVerdict(HtmlWriter html, RunVerdict verdict)
    {
        var (look, word) = verdict.Kind switch
        {
            VerdictKind.Good => ("good", "Good"),
            VerdictKind.Warning => ("warning", "Attention"),
            _ => ("bad", "Bad"),
        };
        html.Begin("p", ("class", $"verdict {look}"));
        html.Element("strong", $"{word}: ");
        html.Text(verdict.Sentence);
        html.End();
    }

    private static void WriteFacts(HtmlWriter html, ReportBlock.Facts facts)
    {
        html.Begin("dl");
        foreach (var (name, value) in facts.Values)
        {
            html.Element("dt", name);
            html.Element("dd", value);
        }

        html.End();
    }

    private static void WriteBullets(HtmlWriter html, ReportBlock.Bullets bullets)
    {
        html.Begin("ul");
        foreach (var item in bullets.Items)
        {
            html.Element("li", item);
        }

        html.End();
    }

    private static void WriteTable(HtmlWriter html, ReportBlock.Table table)
    {
        // A number that is not known is a word.
        var isNumber = table.Columns.Select((_, column) => table.Rows.Count(row => IsNumber(row[column])) * 2 > table.Rows.Length).ToArray();
        html.Begin("table");
        html.Begin("thead");
        WriteRow(html, "th", table.Columns, isNumber);
        html.End();
        html.Begin("tbody");
        foreach (var row in table.Rows)
        {
            WriteRow(html, "td", row, isNumber);
        }

        html.End();
        html.End();
    }

    private static void WriteRow(HtmlWriter html, string cell, IReadOnlyList<string> texts, bool[] isNumber)
    {
        html.Begin("tr");
        foreach (var (column, text) in texts.Index())
        {
            if (isNumber[column])
            {
                html.Element(cell, text, ("class", "number"));
            }
            else
            {
                html.Element(cell, text);
            }
        }

        html.End();
    }

    /// <summary>Whether a text is a number or a time of day, which is set in the same way.</summary>
    private static bool IsNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _) || TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out _);
}
