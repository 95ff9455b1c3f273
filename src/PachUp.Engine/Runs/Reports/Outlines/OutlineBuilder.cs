using System.Collections.Immutable;

namespace PachUp.Engine.Runs.Reports.Outlines;

/// <summary>Collects the parts of a report, and leaves out what is empty.</summary>
internal sealed class OutlineBuilder
{
    private readonly List<ReportBlock> _blocks = [];

    /// <summary>The parts so far.</summary>
    public IReadOnlyList<ReportBlock> Blocks => _blocks;

    public OutlineBuilder Add(ReportBlock block)
    {
        _blocks.Add(block);
        return this;
    }

    /// <summary>Lets a method add its parts.</summary>
    public OutlineBuilder Then(Action<OutlineBuilder> write)
    {
        write(this);
        return this;
    }

    public void Heading(string text, int level = 2) => Add(new ReportBlock.Heading(level, text));

    public void Paragraph(string text) => Add(new ReportBlock.Paragraph(text));

    /// <summary>A list; nothing if it is empty.</summary>
    public void Bullets(IEnumerable<string> items)
    {
        if (items.ToImmutableArray() is { IsEmpty: false } all)
        {
            Add(new ReportBlock.Bullets(all));
        }
    }

    /// <summary>A heading with the number of items, and the items; nothing if there are none.</summary>
    /// <param name="level">The level of the heading.</param>
    /// <param name="title">The heading without the number.</param>
    /// <param name="items">The items.</param>
    /// <param name="most">How many items are listed. The others are counted, and are in the JSON form of the report.</param>
    public void Section(int level, string title, IEnumerable<string> items, int most = int.MaxValue)
    {
        var all = items.ToList();
        if (all.Count > 0)
        {
            Heading($"{title} ({all.Count})", level);
            Bullets(all.Count <= most ? all : [.. all.Take(most), $"and {all.Count - most} more; \"pachup runs report --format json\" lists all"]);
        }
    }

    /// <summary>A table; nothing if it has no rows.</summary>
    public void Table(ImmutableArray<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (rows.Select(row => row.ToImmutableArray()).ToImmutableArray() is { IsEmpty: false } all)
        {
            Add(new ReportBlock.Table(columns, all));
        }
    }
}
