using System.Collections.Immutable;
using PachUp.Engine.Runs.Reports.Graphs;

namespace PachUp.Engine.Runs.Reports.Outlines;

/// <summary>One part of a report: what it says, not how it looks. All texts are plain and may come from a server.</summary>
internal abstract record ReportBlock
{
    private ReportBlock()
    {
    }

    /// <summary>The heading of a part, with the level 2 or 3.</summary>
    public sealed record Heading(int Level, string Text) : ReportBlock;

    /// <summary>One paragraph.</summary>
    public sealed record Paragraph(string Text) : ReportBlock;

    /// <summary>The result of the run.</summary>
    public sealed record Verdict(RunVerdict Value) : ReportBlock;

    /// <summary>Names and values.</summary>
    public sealed record Facts(ImmutableArray<(string Name, string Value)> Values) : ReportBlock;

    /// <summary>A list of items.</summary>
    public sealed record Bullets(ImmutableArray<string> Items) : ReportBlock;

    /// <summary>Rows below a heading.</summary>
    public sealed record Table(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows) : ReportBlock;

    /// <summary>When which step ran, as a drawing. A table with the same facts follows it.</summary>
    public sealed record Timeline(ImmutableArray<StepOverview> Steps) : ReportBlock;

    /// <summary>The repos and pipelines, as a drawing. A table with the same facts follows it.</summary>
    public sealed record Graph(FoldedGraph Value) : ReportBlock;
}
