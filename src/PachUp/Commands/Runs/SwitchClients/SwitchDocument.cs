using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Verification.LateWrites;
using PachUp.Views;

namespace PachUp.Commands.Runs.SwitchClients;

/// <summary>The answer of <c>switch</c>.</summary>
/// <param name="Plan">The plan of the run.</param>
/// <param name="Run">How it ended; null if nothing was done.</param>
/// <param name="Steps">The steps that are undone.</param>
/// <param name="WrittenToTarget">What was written to the target after it was verified, so that the source does not have it.</param>
internal sealed record SwitchDocument(PlanPreview Plan, RunDocument? Run, ImmutableArray<RollbackStep> Steps, LateWriteReport WrittenToTarget)
{
    /// <summary>How the clusters are now; empty if nothing was done.</summary>
    public ImmutableArray<ClusterCondition> Now { get; init; } = [];
}
