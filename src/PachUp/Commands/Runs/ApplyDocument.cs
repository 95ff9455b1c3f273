using PachUp.Engine.Planning;
using PachUp.Views;

namespace PachUp.Commands.Runs;

/// <summary>The answer of <c>apply</c>.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Run">How the run ended; null where nothing was done.</param>
internal sealed record ApplyDocument(PlanPreview Plan, RunDocument? Run)
{
    /// <summary>How rolling back ended, where a step that failed asks for it; null otherwise.</summary>
    public RunDocument? Rollback { get; init; }
}
