using System.Collections.Immutable;
using PachUp.Engine.Planning;

namespace PachUp.Model;

/// <summary>The plan is not the one that the user has read. Nothing was done.</summary>
/// <param name="expected">The hash that the user has read.</param>
/// <param name="plan">The current plan.</param>
/// <param name="differences">What is different; empty if the other plan is not known.</param>
internal sealed class PlanChangedException(string expected, PlanPreview plan, ImmutableArray<PlanDifference> differences)
    : Exception($"the plan has changed since it was shown: its hash was {expected} and is now {plan.Hash}. Nothing was done")
{
    /// <summary>What to do.</summary>
    public string Remedy { get; } = $"Read the plan above. To apply it, use --expect {plan.Hash}.";

    /// <summary>What is different; empty if the other plan is not known.</summary>
    public ImmutableArray<PlanDifference> Differences { get; } = differences;
}
