using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;

namespace PachUp.Model;

/// <summary>The plan that the user has read: its hash, and the plan itself where it is known.</summary>
/// <param name="Hash">The hash that was shown.</param>
/// <param name="Plan">The plan; null if only its hash is known.</param>
internal sealed record ExpectedPlan(string Hash, PlanPreview? Plan)
{
    /// <summary>The plan of a hash. If a run began with it, the run knows the whole plan.</summary>
    /// <param name="hash">The hash; null for none.</param>
    /// <param name="state">Where runs are kept.</param>
    public static ExpectedPlan? Of(string? hash, StateDirectory state) => hash is null ? null : new(hash, state.ListRuns().Reverse().Select(TryRead).FirstOrDefault(plan => plan?.Hash == hash));

    /// <summary>Refuses a plan that is another one.</summary>
    /// <param name="plan">The current plan.</param>
    /// <exception cref="PlanChangedException">The plan has another hash.</exception>
    public void ThrowIfDifferent(PlanPreview plan)
    {
        if (!string.Equals(Hash, plan.Hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new PlanChangedException(Hash, plan, Plan is null ? [] : PlanDifference.Between(Plan, plan));
        }
    }

    private static PlanPreview? TryRead(RunDirectory run)
    {
        try
        {
            return RunRecord.ReadPreview(run);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            // A damaged run cannot explain a difference. The hash decides without it.
            return null;
        }
    }
}
