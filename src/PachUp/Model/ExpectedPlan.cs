using PachUp.Engine.Planning;
using PachUp.Sdk;

namespace PachUp.Model;

/// <summary>Compares the plan with the one that the user has read.</summary>
internal static class ExpectedPlan
{
    /// <summary>Refuses a plan with another hash.</summary>
    /// <param name="expected">The hash that <c>plan</c> showed; null for none.</param>
    /// <param name="plan">The plan as it is now.</param>
    /// <exception cref="StepFailedException">It is another plan.</exception>
    public static void ThrowIfDifferent(string? expected, PlanPreview plan)
    {
        if (expected is not null && !string.Equals(expected, plan.Hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new StepFailedException(
                $"the plan has changed since it was shown: its hash was {expected} and is now {plan.Hash}. "
                + "The clusters or the plan file are different. Nothing was done",
                $"Read the plan above. To apply it, use --expect {plan.Hash}.")
            {
                Kind = FailureKind.Refused,
            };
        }
    }
}
