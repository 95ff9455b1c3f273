using System.Globalization;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Files;

namespace PachUp.Verification.AfterWork;

/// <summary>Reads every file of an output commit of the target from beginning to end, and compares it with the source's file.</summary>
/// <param name="recorded">The files of the source as they were recorded.</param>
/// <param name="target">The target.</param>
/// <param name="source">The source; null if it does not answer any more. It is asked for files that exceeded the byte limit when the others were
/// recorded.</param>
/// <param name="progress">Receives the number of compared files.</param>
internal sealed class OutputComparison(RecordedFiles recorded, OutputFiles target, OutputFiles? source, IProgress<StepProgress> progress)
{
    private string _text = "";
    private long _done;
    private long? _total;

    /// <summary>Compares the files of a head.</summary>
    /// <param name="head">The head of the source.</param>
    /// <param name="commit">The commit of the target.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public async Task<OutputVerdict> CompareAsync(OutputHead head, string commit, CancellationToken cancellationToken)
    {
        var tally = new OutputTally(head, commit);
        // Statistics are compared by their structure, so the target may have another number of files.
        (_text, _done, _total) = ($"comparing output of {head.Pipeline}", 0, head.Kind == OutputKind.Stats ? null : await CountAsync(head, cancellationToken));
        try
        {
            await (head.Kind == OutputKind.Stats
                ? new StatsComparison(recorded, target, tally, Report).CompareAsync(head, commit, cancellationToken)
                : CompareAsync(head, commit, tally, cancellationToken));
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            tally.Lose("/", $"the target cannot list its files: {e.Detail}");
        }

        return tally.Verdict();
    }

    /// <summary>The number of files that the source has in a head.</summary>
    public ValueTask<int> CountAsync(OutputHead head, CancellationToken cancellationToken) =>
        recorded.ReadAsync(head, cancellationToken).CountAsync(cancellationToken);

    private async Task CompareAsync(OutputHead head, string commit, OutputTally tally, CancellationToken cancellationToken)
    {
        var pairs = FilePair.MatchAsync(
            recorded.ReadAsync(head, cancellationToken), target.ListAsync(head.Pipeline, commit, cancellationToken), cancellationToken);
        await Parallel.ForEachAsync(pairs, LimitOf(cancellationToken), async (pair, stop) =>
        {
            await JudgeAsync(head, commit, pair, tally, stop);
            // Files that only the target has are not in the total.
            if (pair.Source is not null)
            {
                Report();
            }
        });
    }

    private async Task JudgeAsync(OutputHead head, string commit, FilePair pair, OutputTally tally, CancellationToken cancellationToken)
    {
        switch (pair)
        {
            case { Source: null, Target: { } added }:
                tally.Add(added.Path);
                break;
            case { Source: { } lost, Target: null }:
                tally.Lose(lost.Path, "not on the target");
                break;
            case { Source: { } old, Target: { } listed }:
                var now = await target.ReadAsync(head.Pipeline, commit, listed, cancellationToken);
                Judge(await CompleteAsync(head, old, cancellationToken), now, tally);
                break;
        }
    }

    /// <summary>Reads a file that exceeded the byte limit, if the source still answers.</summary>
    private async Task<CommitFile> CompleteAsync(OutputHead head, CommitFile file, CancellationToken cancellationToken) =>
        file is { Sha256: null, Problem: null } && source is not null
            ? await source.ReadAsync(head.Pipeline, head.Commit, file, cancellationToken)
            : file;

    private static void Judge(CommitFile old, CommitFile now, OutputTally tally)
    {
        switch (old, now)
        {
            case ({ Problem: not null }, { Problem: not null }):
                tally.Explain(old.Path, $"could not be read on the source either: {old.Problem}");
                break;
            case (_, { Problem: not null }):
                tally.Lose(old.Path, $"the target lists it but cannot read it: {now.Problem}");
                break;
            case ({ Problem: not null }, _):
                tally.Explain(old.Path, $"can be read now; on the source it could not: {old.Problem}", now.SizeBytes);
                break;
            case var _ when old.SizeBytes != now.SizeBytes:
                tally.Change(old.Path, string.Create(CultureInfo.InvariantCulture, $"size in bytes: {old.SizeBytes} -> {now.SizeBytes}"), now.SizeBytes);
                break;
            case ({ Sha256: null }, _):
                tally.Explain(old.Path, OfSizeAndHash(old, now), now.SizeBytes);
                break;
            case var _ when old.Sha256 == now.Sha256:
                tally.Equal(now);
                break;
            case var _ when old.Lines is not null && old.Lines == now.Lines:
                tally.Explain(old.Path, "the same lines in another order, as workers append them", now.SizeBytes);
                break;
            default:
                tally.Change(old.Path, $"SHA-256 of its bytes: {old.Sha256![..12]} -> {now.Sha256![..12]}", now.SizeBytes);
                break;
        }
    }

    private static string OfSizeAndHash(CommitFile old, CommitFile now) =>
        $"can be read; compared only by size{(old.Hash == now.Hash ? " and hash" : "")}, because it exceeded the byte limit when the source was recorded";

    private void Report() => progress.Report(new StepProgress(_text, Interlocked.Increment(ref _done), _total, "files"));

    /// <summary>Limits how many files are read at the same time.</summary>
    internal static ParallelOptions LimitOf(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = OutputFiles.FilesAtOnce, CancellationToken = cancellationToken };
}
