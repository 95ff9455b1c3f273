using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Views;

namespace PachUp.Commands.Runs;

/// <summary>The answer of <c>apply</c>.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Run">How the run ended; null where nothing was done.</param>
internal sealed record ApplyDocument(PlanPreview Plan, RunDocument? Run)
{
    /// <summary>How the clusters are now; empty where nothing was done.</summary>
    public ImmutableArray<ClusterCondition> Now { get; init; } = [];

    /// <summary>The id of the run that has done exactly this before; null if there is none.</summary>
    public string? DoneBefore { get; init; }

    /// <summary>How rolling back ended, where a step that failed asks for it; null otherwise.</summary>
    public RunDocument? Rollback { get; init; }
}
