using System.Diagnostics;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>Watches the journal of a running tool and kills or freezes the tool at a record.</summary>
/// <param name="tool">The tool, which has no run yet.</param>
internal sealed class JournalWatch(Tool tool)
{
    private readonly StateDirectory _state = new(Path.Combine(tool.WorkingDirectory, ".pachup"));
    private string? _journal;

    /// <summary>The only run; null before it is created.</summary>
    public RunDirectory? Run => _state.ListRuns().SingleOrDefault();

    /// <summary>The records so far.</summary>
    public IReadOnlyList<JournalRecord> Records => Run is { } run ? Journal.Read(run.File(RunFiles.Journal)) : [];

    /// <summary>Kills the tool as soon as its journal has a number of records.</summary>
    /// <returns>The number of records after the kill: usually the same number, sometimes more.</returns>
    public Task<int> KillAtAsync(RunningTool running, int records) => KillWhenAsync(running, () => CountLines() >= records, TimeSpan.Zero);

    /// <summary>Kills the tool some time after its journal has a number of records.</summary>
    /// <returns>The number of records after the kill.</returns>
    public Task<int> KillAfterAsync(RunningTool running, int records, TimeSpan delay) => KillWhenAsync(running, () => CountLines() >= records, delay);

    /// <summary>Kills the tool as soon as a condition holds.</summary>
    public Task<int> KillWhenAsync(RunningTool running, Func<bool> isTime) => KillWhenAsync(running, isTime, TimeSpan.Zero);

    /// <summary>Freezes the tool as soon as its journal has a number of records, until it gets the signal to continue.</summary>
    public async Task FreezeAtAsync(RunningTool running, int records)
    {
        await UntilAsync(running, records);
        await Signals.FreezeAsync(running.ProcessId);
    }

    /// <summary>Waits until the journal has a number of records, or the tool has ended.</summary>
    public Task UntilAsync(RunningTool running, int records)
    {
        var ended = running.EndAsync();
        return Task.Run(() => SpinWhile(() => !ended.IsCompleted && CountLines() < records));
    }

    private async Task<int> KillWhenAsync(RunningTool running, Func<bool> isTime, TimeSpan delay)
    {
        var ended = running.EndAsync();
        await Task.Run(() =>
        {
            // A tight loop, because file change events of the system come too late.
            using var process = Process.GetProcessById(running.ProcessId);
            SpinWhile(() => !ended.IsCompleted && !isTime());
            var since = Stopwatch.GetTimestamp();
            SpinWhile(() => !ended.IsCompleted && Stopwatch.GetElapsedTime(since) < delay);
            process.Kill();
        });
        await ended;
        return Records.Count;
    }

    private static void SpinWhile(Func<bool> condition)
    {
        while (condition())
        {
            Thread.Yield();
        }
    }

    private int CountLines()
    {
        _journal ??= Run?.File(RunFiles.Journal);
        if (_journal is null || !File.Exists(_journal))
        {
            return 0;
        }

        using var file = new FileStream(_journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new byte[file.Length];
        return content.AsSpan(0, file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)).Count((byte)'\n');
    }
}
