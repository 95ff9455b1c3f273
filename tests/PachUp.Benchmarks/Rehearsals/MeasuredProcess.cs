using System.Diagnostics;

namespace PachUp.Benchmarks.Rehearsals;

/// <summary>The measurements of a process.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Answer">Its standard output.</param>
/// <param name="Time">Its duration.</param>
/// <param name="ProcessorTime">Its processor time.</param>
/// <param name="PeakBytes">Its largest observed memory use, in bytes.</param>
internal sealed record MeasuredProcess(int ExitCode, string Answer, TimeSpan Time, TimeSpan ProcessorTime, long PeakBytes)
{
    // The peak is available only while the process runs.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs a program until it ends.</summary>
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
                // The process ended during the call, so the last value is used.
            }

            await Task.WhenAny(end, Task.Delay(Interval));
        }

        return (processorTime, peak);
    }
}
