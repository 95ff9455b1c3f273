using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// Records what the pipelines of the source had finished, while it answers, so that the target's output can be compared with it when the source
/// is gone. Statistics are only listed: their content differs each time.
/// </summary>
/// <param name="client">The source.</param>
/// <param name="runDirectory">Where it is kept.</param>
/// <param name="progress">Told how many files were recorded.</param>
internal sealed class OutputRecorder(PachdClient client, string runDirectory, IProgress<StepProgress> progress)
{
    private readonly OutputFiles _files = new(client);
    private readonly RecordedFiles _recorded = new(runDirectory);
    private long _count;
    private long _notRead;
    private long _budget;

    /// <summary>How many bytes are read where a plan does not say it.</summary>
    public const long DefaultBytes = 10L * 1024 * 1024 * 1024;

    /// <summary>Says what would be recorded; null where no pipeline has finished anything.</summary>
    public static string? Describe(ClusterInventory source, long mostBytes)
    {
        var heads = OutputHead.Of(source).Where(head => head.Kind != OutputKind.Outside).ToList();
        return heads.Count == 0 ? null
            : $"Records the output of {Words.Count(heads.Select(head => head.Pipeline).Distinct().Count(), "pipeline")} "
                + $"({Words.Count(heads.Count, "branch head")}), so that it can be proved after the target's workers ran: up to {Words.Bytes(mostBytes)} of files are "
                + "read end to end (outputBytes), of the rest the size and the hash are kept.";
    }

    /// <summary>Records every output head.</summary>
    /// <param name="source">What the source holds.</param>
    /// <param name="mostBytes">How many bytes of files are read at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SourceOutputs> RecordAsync(ClusterInventory source, long mostBytes, CancellationToken cancellationToken)
    {
        (_budget, _count, _notRead) = (mostBytes, 0, 0);
        var heads = ImmutableArray.CreateBuilder<OutputHead>();
        foreach (var head in OutputHead.Of(source))
        {
            heads.Add(head.HasFiles && head.Kind != OutputKind.Outside ? await TryRecordAsync(head, cancellationToken) : head);
        }

        var outputs = new SourceOutputs { Heads = heads.ToImmutable(), MostBytes = mostBytes, Files = _count, FilesNotRead = _notRead };
        outputs.Write(runDirectory);
        return outputs;
    }

    private async Task<OutputHead> TryRecordAsync(OutputHead head, CancellationToken cancellationToken)
    {
        try
        {
            await RecordAsync(head, cancellationToken);
            return head;
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            // Output that the source itself cannot list must not keep everything else from moving.
            return head with { Problem = e.Detail };
        }
    }

    private async Task RecordAsync(OutputHead head, CancellationToken cancellationToken)
    {
        if (!_recorded.Has(head))
        {
            await _recorded.WriteAsync(head, ReadAsync(head, cancellationToken), cancellationToken);
            return;
        }

        await foreach (var file in _recorded.ReadAsync(head, cancellationToken))
        {
            Count(head, file);
            _budget -= file.Sha256 is null ? 0 : file.SizeBytes;
        }
    }

    private async IAsyncEnumerable<CommitFile> ReadAsync(OutputHead head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var files in _files.ListAsync(head.Pipeline, head.Commit, cancellationToken).Chunk(OutputFiles.FilesAtOnce))
        {
            var reads = files.Select(file => IsInBudget(head, file) ? _files.ReadAsync(head.Pipeline, head.Commit, file, cancellationToken) : Task.FromResult(file));
            foreach (var file in await Task.WhenAll(reads))
            {
                Count(head, file);
                yield return file;
            }
        }
    }

    private bool IsInBudget(OutputHead head, CommitFile file)
    {
        if (head.Kind == OutputKind.Stats || file.SizeBytes > _budget)
        {
            return false;
        }

        _budget -= file.SizeBytes;
        return true;
    }

    private void Count(OutputHead head, CommitFile file)
    {
        _count++;
        _notRead += head.Kind == OutputKind.Files && file is { Sha256: null, Problem: null } ? 1 : 0;
        progress.Report(new StepProgress("recording the output of pipelines", _count, Unit: "files"));
    }
}
