using System.Diagnostics;

namespace PachUp.Benchmarks.Rehearsals;

/// <summary>What a process took.</summary>
/// <param name="ExitCode">What it returned.</param>
/// <param name="Answer">What it wrote to standard output.</param>
/// <param name="Time">How long it ran.</param>
/// <param name="ProcessorTime">How much of that the processors worked for it.</param>
/// <param name="PeakBytes">The most memory that it had, as far as was seen.</param>
internal sealed record MeasuredProcess(int ExitCode, string Answer, TimeSpan Time, TimeSpan ProcessorTime, long PeakBytes)
{
    // The system forgets the peak when the process ends, so it is asked while it runs.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs a program to its end.</summary>
    public static async Task<MeasuredProcess> RunAsync(string program, params string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var answer = process.StandardOutput.ReadToEndAsync();
        var talk = process.StandardError.ReadToEndAsync();
        var (processorTime, peak) = await WatchAsync(process);
        return new MeasuredProcess(process.ExitCode, await answer + await talk, Stopwatch.GetElapsedTime(started), processorTime, peak);
    }

    private static async Task<(TimeSpan ProcessorTime, long PeakBytes)> WatchAsync(Process process)
    {
        var (processorTime, peak) = (TimeSpan.Zero, 0L);
        var end = process.WaitForExitAsync();
        while (!end.IsCompleted)
        {
            process.Refresh();
            try
            {
                (processorTime, peak) = (process.TotalProcessorTime, Math.Max(peak, process.PeakWorkingSet64));
            }
            catch (InvalidOperationException)
            {
                // It ended in this moment; what was seen before counts.
            }

            await Task.WhenAny(end, Task.Delay(Interval));
        }

        return (processorTime, peak);
    }
}
