using System.Collections.Immutable;

namespace PachUp.Engine.Yaml;

/// <summary>A piece of YAML and where it stands.</summary>
internal abstract record PlanNode(PlanPosition Position)
{
    /// <summary>What it is, in the words of messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value.</summary>
/// <param name="Position">Where it starts, quote included.</param>
/// <param name="Value">Its text, unquoted.</param>
/// <param name="TextPosition">Where the text itself starts; null where its characters cannot be found one by one in the file (folded, escaped).</param>
/// <param name="IsPlain">Whether it was written without quotes.</param>
internal sealed record PlanScalar(PlanPosition Position, string Value, PlanPosition? TextPosition, bool IsPlain) : PlanNode(Position)
{
    public override string Kind => IsNothing ? "empty" : "a single value";

    /// <summary>Whether nothing was written, or one of YAML's words for it.</summary>
    public bool IsNothing => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Where a character of the text stands in the file, as exactly as can be said.</summary>
    public PlanPosition PositionOf(int offset) => TextPosition is { } start ? start with { Column = start.Column + offset } : Position;
}

/// <summary>Keys with values, in the order of the file.</summary>
internal sealed record PlanMapping(PlanPosition Position, ImmutableArray<PlanEntry> Entries) : PlanNode(Position)
{
    public override string Kind => "a mapping";

    public PlanNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Value == key)?.Value;
}

/// <summary>A key with its value.</summary>
internal sealed record PlanEntry(PlanScalar Key, PlanNode Value);

/// <summary>A list.</summary>
internal sealed record PlanSequence(PlanPosition Position, ImmutableArray<PlanNode> Items) : PlanNode(Position)
{
    public override string Kind => "a list";
}
