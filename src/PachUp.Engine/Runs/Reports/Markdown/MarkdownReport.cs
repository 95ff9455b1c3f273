using PachUp.Engine.Runs.Reports.Outlines;

namespace PachUp.Engine.Runs.Reports.Markdown;

/// <summary>The report of a run in Markdown. It has tables where HTML has drawings.</summary>
public static class MarkdownReport
{
    /// <summary>The report of a run.</summary>
    public static string Write(RunReport run)
    {
        var page = new MarkdownPage();
        page.Heading(1, ReportOutline.TitleOf(run));
        foreach (var block in ReportOutline.Of(run))
        {
            Write(page, block);
        }

        return page.ToString();
    }

    private static void Write(MarkdownPage page, ReportBlock block)
    {
        switch (block)
        {
            case ReportBlock.Heading heading:
                page.Heading(heading.Level, heading.Text);
                break;
            case ReportBlock.Verdict verdict:
                page.Paragraph(verdict.Value.Sentence);
                break;
            case ReportBlock.Paragraph paragraph:
                page.Paragraph(paragraph.Text);
                break;
            case ReportBlock.Facts facts:
                page.Table(["", ""], [.. facts.Values.Select(fact => new[] { fact.Name, fact.Value })]);
                break;
            case ReportBlock.Bullets bullets:
                page.Bullets(bullets.Items);
                break;
            case ReportBlock.Table table:
                page.Table(table.Columns, [.. table.Rows.Select(row => (IReadOnlyList<string>)row)]);
                break;
        }
    }
}
