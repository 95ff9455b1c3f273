using PachUp.Cli.Events;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Journals;
using PachUp.Sdk;

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

    /// <summary>What a step does, and how much of it is done.</summary>
    public static string Describe(StepWorks progress) => progress switch
    {
        { Done: { } done, Total: { } total, Unit: StepProgress.BytesUnit } => $"{progress.Text}, {Words.Bytes(done)} of {Words.Bytes(total)}",
        { Done: { } done, Total: { } total } => $"{progress.Text}, {done} of {total} {progress.Unit}".TrimEnd(),
        { Done: { } done } => $"{progress.Text}, {Amount(done, progress.Unit)}",
        _ => progress.Text,
    };

    /// <summary>How fast it goes and how long it will take, in brackets; empty where that is not known.</summary>
    public static string RateOf(StepWorks progress)
    {
        var parts = PartsOf(progress).ToList();
        return parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})";
    }

    /// <summary>Percent, rate, and the time that is left, as far as they are known.</summary>
    public static IEnumerable<string> PartsOf(StepWorks progress)
    {
        if (progress.Percent is { } percent)
        {
            yield return $"{Math.Floor(percent):0} %";
        }

        if (progress.PerSecond is > 0 and var rate)
        {
            yield return progress.Unit == StepProgress.BytesUnit ? $"{Words.Bytes((long)rate)}/s" : $"{Math.Ceiling(rate):0}/s";
        }

        if (progress.SecondsLeft is { } left)
        {
            yield return $"{Words.Duration(TimeSpan.FromSeconds(left))} left";
        }

        if (progress.RunSecondsLeft is { } all && all > (progress.SecondsLeft ?? 0) + 1)
        {
            yield return $"whole run about {Words.Duration(TimeSpan.FromSeconds(all))} left";
        }
    }

    private static string Amount(long amount, string unit) => unit == StepProgress.BytesUnit ? Words.Bytes(amount) : $"{amount} {unit}".TrimEnd();
}
