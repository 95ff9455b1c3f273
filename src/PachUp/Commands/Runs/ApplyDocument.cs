using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Verification.LateWrites;
using PachUp.Views;

namespace PachUp.Commands.Runs;

/// <summary>The answer of <c>apply</c>.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Run">How the run ended; null if nothing was done.</param>
internal sealed record ApplyDocument(PlanPreview Plan, RunDocument? Run)
{
    /// <summary>How the clusters are now; empty if nothing was done.</summary>
    public ImmutableArray<ClusterCondition> Now { get; init; } = [];

    /// <summary>The id of the run that has done exactly this before; null if there is none.</summary>
    public string? DoneBefore { get; init; }

    /// <summary>What was written to the source after the extract, if nothing was done about it; otherwise null.</summary>
    public LateWriteReport? LateWrites { get; init; }

    /// <summary>The result of the rollback, if the failed step asks for one; otherwise null.</summary>
    public RunDocument? Rollback { get; init; }
}
