using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Engine.Rehearsals;

/// <summary>The result of a rehearsal.</summary>
public sealed record RehearsalReport
{
    /// <summary>The plan's name.</summary>
    public required string PlanName { get; init; }

    /// <summary>The cluster whose metadata the rehearsal used.</summary>
    public required RehearsedSource Source { get; init; }

    /// <summary>The target cluster.</summary>
    public required RehearsedTarget Target { get; init; }

    /// <summary>The outcome.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>The results of the checks.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Everything that will be different on the target, item by item.</summary>
    public ImmutableArray<AnnouncedChange> Changes { get; init; } = [];

    /// <summary>Every step of the plan; empty if a check refused.</summary>
    public ImmutableArray<StepOutcome> Steps { get; init; } = [];

    /// <summary>The failure that stopped the rehearsal; null for none.</summary>
    public StepFailedException? Failure { get; init; }

    /// <summary>The item that the target refused; null if it accepted everything.</summary>
    public TargetRefusal? TargetRefusal { get; init; }

    /// <summary>What arrived on the target; null if the rehearsal stopped before.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>The estimate for the real run; null if the rehearsal did not complete.</summary>
    public RehearsalEstimate? Estimate { get; init; }

    /// <summary>Sentences about what was not rehearsed.</summary>
    public ImmutableArray<string> NotRehearsed { get; init; } = [];
}

/// <summary>The cluster whose metadata the rehearsal used.</summary>
/// <param name="Name">Its address, or the path of the archive.</param>
/// <param name="Release">Its release.</param>
/// <param name="IsGuessed">Whether the release was guessed from the archive.</param>
/// <param name="StandIn">The release of the sandbox, if it is another one; otherwise null.</param>
/// <param name="ClusterId">Its id; null if unknown.</param>
/// <param name="Contents">How much it holds; null if it was not read.</param>
public sealed record RehearsedSource(
    string Name, Release Release, bool IsGuessed, Release? StandIn = null, string? ClusterId = null, ClusterContents? Contents = null);

/// <summary>The target cluster.</summary>
/// <param name="Release">Its release.</param>
/// <param name="StandIn">The release of the sandbox, if it is another one; otherwise null.</param>
public sealed record RehearsedTarget(Release Release, Release? StandIn = null);
