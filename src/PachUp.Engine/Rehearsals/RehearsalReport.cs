using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Engine.Rehearsals;

/// <summary>What would happen on the real clusters.</summary>
public sealed record RehearsalReport
{
    /// <summary>The plan's name.</summary>
    public required string PlanName { get; init; }

    /// <summary>The cluster whose metadata was rehearsed with.</summary>
    public required RehearsedSource Source { get; init; }

    /// <summary>The cluster that was moved to.</summary>
    public required RehearsedTarget Target { get; init; }

    /// <summary>How it came out.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>The answers to the checks.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Everything that will not arrive as it is, item by item.</summary>
    public ImmutableArray<AnnouncedChange> Changes { get; init; } = [];

    /// <summary>Every step of the plan; empty where a check refused.</summary>
    public ImmutableArray<StepOutcome> Steps { get; init; } = [];

    /// <summary>What stopped it; null where nothing did.</summary>
    public StepFailedException? Failure { get; init; }

    /// <summary>What the target did not take; null where it took everything.</summary>
    public TargetRefusal? TargetRefusal { get; init; }

    /// <summary>What arrived; null where it did not come that far.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>What the real run will take; null where the rehearsal did not go through.</summary>
    public RehearsalEstimate? Estimate { get; init; }

    /// <summary>What was not rehearsed, in sentences.</summary>
    public ImmutableArray<string> NotRehearsed { get; init; } = [];
}

/// <summary>The cluster whose metadata was rehearsed with.</summary>
/// <param name="Name">Its address, or the path of the archive.</param>
/// <param name="Release">Its release.</param>
/// <param name="IsGuessed">Whether the release was guessed from the archive.</param>
/// <param name="StandIn">The release of the sandbox that stood in; null where none was needed.</param>
/// <param name="ClusterId">Its id; null where it is not known.</param>
/// <param name="Contents">What it holds; null where nobody looked.</param>
public sealed record RehearsedSource(
    string Name, Release Release, bool IsGuessed, Release? StandIn = null, string? ClusterId = null, ClusterContents? Contents = null);

/// <summary>The cluster that was moved to.</summary>
/// <param name="Release">Its release.</param>
/// <param name="StandIn">The release of the sandbox that stood in; null where none was needed.</param>
public sealed record RehearsedTarget(Release Release, Release? StandIn = null);
