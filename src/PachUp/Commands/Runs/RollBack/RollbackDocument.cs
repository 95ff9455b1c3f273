using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Views;

namespace PachUp.Commands.Runs.RollBack;

/// <summary>The answer of <c>rollback</c>.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Run">How it ended; null where nothing was done.</param>
/// <param name="Steps">What is undone and what stays, in the order in which it is undone.</param>
internal sealed record RollbackDocument(PlanPreview Plan, RunDocument? Run, ImmutableArray<RollbackStep> Steps)
{
    /// <summary>How the clusters are now; empty where nothing was done.</summary>
    public ImmutableArray<ClusterCondition> Now { get; init; } = [];
}
