using System.Collections.Immutable;

namespace PachUp.Engine.Yaml;

/// <summary>A YAML node with its position.</summary>
internal abstract record PlanNode(PlanPosition Position)
{
    /// <summary>The kind of the node, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value.</summary>
/// <param name="Position">The position, including a quote.</param>
/// <param name="Value">The text without quotes.</param>
/// <param name="TextPosition">The position of the text; null if the text is folded or escaped, so that its characters have no exact position.</param>
/// <param name="IsPlain">Whether it was written without quotes.</param>
internal sealed record PlanScalar(PlanPosition Position, string Value, PlanPosition? TextPosition, bool IsPlain) : PlanNode(Position)
{
    public override string Kind => IsNothing ? "empty" : "a single value";

    /// <summary>Whether the value is empty, or one of YAML's words for null.</summary>
    public bool IsNothing => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The position of a character of the text in the file, as exact as possible.</summary>
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
