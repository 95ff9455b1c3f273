using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Verification;

/// <summary>What verification found.</summary>
public sealed record VerificationReport
{
    /// <summary>How much of each kind was expected and is there: repos, branches, commits, pipelines, files read, objects, tags.</summary>
    public required ImmutableArray<KindCount> Counts { get; init; }

    /// <summary>What is missing, although nobody announced it.</summary>
    public ImmutableArray<InventoryItem> Lost { get; init; } = [];

    /// <summary>What is there with another content, although nobody announced it.</summary>
    public ImmutableArray<InventoryItem> Changed { get; init; } = [];

    /// <summary>What is there beside what was expected, such as commits that pipelines made meanwhile.</summary>
    public ImmutableArray<InventoryItem> Added { get; init; } = [];

    /// <summary>What the target's own check of its metadata (fsck) found; empty where all is well or the release has no fsck.</summary>
    public ImmutableArray<string> FsckErrors { get; init; } = [];

    /// <summary>What differs as announced.</summary>
    public ImmutableArray<AnnouncedChange> Announced { get; init; } = [];

    /// <summary>Whether something is lost or changed that nobody announced.</summary>
    public bool FoundLoss => Lost.Length > 0 || Changed.Length > 0 || FsckErrors.Length > 0 || Counts.Any(count => count.Kept < count.Expected);
}
