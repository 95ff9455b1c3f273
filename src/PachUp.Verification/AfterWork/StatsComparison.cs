using System.Collections.Concurrent;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Files;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// Compares the statistics of datums by their structure: times, logs and job ids differ each time, but each datum has its folder, and every
/// file in the folder can be read.
/// </summary>
/// <param name="recorded">The files of the source as they were recorded.</param>
/// <param name="target">The target.</param>
/// <param name="tally">Counts the results.</param>
/// <param name="report">Called after each file.</param>
internal sealed class StatsComparison(RecordedFiles recorded, OutputFiles target, OutputTally tally, Action report)
{
    private const string JobFile = "/job:";

    // Path structures of the target's files and of datum folders; 16 bytes each.
    private readonly ConcurrentDictionary<UInt128, bool> _there = [];

    /// <summary>Compares the statistics in two commits.</summary>
    public async Task CompareAsync(OutputHead head, string commit, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            target.ListAsync(head.Pipeline, commit, cancellationToken),
            OutputComparison.LimitOf(cancellationToken),
            async (file, stop) => await ReadAsync(head, commit, file, stop));
        await foreach (var file in recorded.ReadAsync(head, cancellationToken))
        {
            Judge(file.Path);
        }
    }

    private async Task ReadAsync(OutputHead head, string commit, CommitFile file, CancellationToken cancellationToken)
    {
        var read = await target.ReadAsync(head.Pipeline, commit, file, cancellationToken);
        _there[HashKey.Of(DatumOf(file.Path))] = true;
        _there[HashKey.Of(ShapeOf(file.Path))] = read.Problem is null;
        if (read.Problem is { } problem)
        {
            tally.Lose(file.Path, $"the target lists it but cannot read it: {problem}");
        }

        report();
    }

    private void Judge(string path)
    {
        if (!_there.ContainsKey(HashKey.Of(DatumOf(path))))
        {
            tally.Lose(path, "the target has no statistics of this datum");
        }
        else if (!_there.TryGetValue(HashKey.Of(ShapeOf(path)), out var isReadable))
        {
            tally.Explain(path, "statistics: those of this datum differ on the target");
        }
        else if (isReadable)
        {
            tally.Equal(new CommitFile(path, SizeBytes: 0, Hash: ""));
        }
    }

    /// <summary>The folder of a datum: <c>/ID</c>.</summary>
    private static string DatumOf(string path) => path.IndexOf('/', 1) is > 0 and var end ? path[..end] : path;

    /// <summary>The path without the id of a job.</summary>
    private static string ShapeOf(string path) => path.IndexOf(JobFile, StringComparison.Ordinal) is >= 0 and var job ? path[..(job + JobFile.Length)] : path;
}
