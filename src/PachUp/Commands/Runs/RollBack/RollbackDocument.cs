using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Views;

namespace PachUp.Commands.Runs.RollBack;

/// <summary>The answer of <c>rollback</c>.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Run">How it ended; null if nothing was done.</param>
/// <param name="Steps">The steps to undo and the steps that cannot be undone, in the order of the rollback.</param>
internal sealed record RollbackDocument(PlanPreview Plan, RunDocument? Run, ImmutableArray<RollbackStep> Steps)
{
    /// <summary>How the clusters are now; empty if nothing was done.</summary>
    public ImmutableArray<ClusterCondition> Now { get; init; } = [];
}
