using System.Text.Json.Serialization;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.LateWrites;

/// <summary>Something that was written to the source after the extract, so that the target does not have it.</summary>
/// <param name="Kind">What happened to it.</param>
/// <param name="Item">The item, by its name on the source. The detail tells what changed.</param>
public sealed record LateWrite(LateWriteKind Kind, InventoryItem Item)
{
    /// <summary>Why a catch-up cannot carry it, and what to do about it; null if it can, or if no catch-up was tried.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Obstacle { get; init; }

    /// <summary>The late write in words: <c>new commit images@2c98</c>.</summary>
    [JsonIgnore]
    public string Text => $"{Name}{(Item.Detail.Length > 0 ? $": {Item.Detail}" : "")}{(Obstacle is null ? "" : $". It cannot be carried: {Obstacle}")}";

    /// <summary>The late write in words, without what changed.</summary>
    [JsonIgnore]
    public string Name => $"{KindWord} {Item.Describe()}";

    private string KindWord => Kind switch
    {
        LateWriteKind.Added => "new",
        LateWriteKind.Changed => "changed",
        _ => "deleted",
    };
}

/// <summary>The kinds of late writes.</summary>
public enum LateWriteKind
{
    /// <summary>It was created.</summary>
    Added,

    /// <summary>It was changed.</summary>
    Changed,

    /// <summary>It was deleted.</summary>
    Removed,
}
