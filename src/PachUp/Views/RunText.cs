using PachUp.Cli.Events;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Journals;

namespace PachUp.Views;

/// <summary>What happens in a run, in words.</summary>
internal static class RunText
{
    /// <summary>What a step is called in the lines about it: <c>[3/9] extract</c>.</summary>
    public static string LeadOf(StepBegan step) => $"[{step.Number}/{step.Count}] {step.Step}";

    /// <summary>The same for a step that has ended; one that was done before never began.</summary>
    public static string LeadOf(string lead, StepEnded step) => lead.EndsWith("] " + step.Step, StringComparison.Ordinal) ? lead : step.Step;

    /// <summary>How a step ended, and what it did. Why it failed is told once, at the end, with what to do about it.</summary>
    public static string Describe(StepEnded step)
    {
        var outcome = RunView.OutcomeOf(step.State) + DurationOf(step);
        return step.Text.Length > 0 && step.State != StepState.Failed ? $"{outcome}: {step.Text}" : outcome;
    }

    /// <summary>How long a step took, in brackets; empty if it was done before.</summary>
    public static string DurationOf(StepEnded step) => step.Seconds is { } seconds ? $" ({Words.Duration(TimeSpan.FromSeconds(seconds))})" : "";
}
