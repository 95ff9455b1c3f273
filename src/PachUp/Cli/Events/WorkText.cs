using PachUp.Common.Text;
using PachUp.Sdk;

namespace PachUp.Cli.Events;

/// <summary>Work that goes on, in words.</summary>
internal static class WorkText
{
    /// <summary>What is done, and how much of it is done.</summary>
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
