using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Files;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// Records the finished output of the source's pipelines while the source answers, so that it can be compared with the target's output later.
/// Statistics are only listed, because their content differs each time.
/// </summary>
/// <param name="client">The source.</param>
/// <param name="runDirectory">The run directory.</param>
/// <param name="progress">Receives how much is recorded.</param>
internal sealed class OutputRecorder(PachdClient client, string runDirectory, IProgress<StepProgress> progress)
{
    private readonly OutputFiles _files = new(client);
    private readonly RecordedFiles _recorded = new(runDirectory);
    private readonly CommitProgress _done = new("recording the output of pipelines", progress);
    private long _count;
    private long _notRead;
    private long _budget;

    /// <summary>The byte limit if the plan sets none.</summary>
    public const long DefaultBytes = 10L * 1024 * 1024 * 1024;

    /// <summary>Describes what would be recorded; null if no pipeline has finished output.</summary>
    public static string? Describe(ClusterInventory source, long mostBytes)
    {
        var heads = OutputHead.Of(source).Where(head => head.Kind != OutputKind.Outside).ToList();
        return heads.Count == 0 ? null
            : $"Records the output of {Words.Count(heads.Select(head => head.Pipeline).Distinct().Count(), "pipeline")} "
              + $"({Words.Count(heads.Count, "branch head")}), so that it can be proved after the target's workers have run. Reads up to {Words.Bytes(mostBytes)} of files "
              + "from beginning to end (outputBytes) and keeps size and hash of the rest.";
    }

    /// <summary>Records every output head.</summary>
    /// <param name="source">The inventory of the source.</param>
    /// <param name="mostBytes">The largest number of bytes to read.</param>
    /// <param name="cancellationToken">Stops the recording.</param>
    public async Task<SourceOutputs> RecordAsync(ClusterInventory source, long mostBytes, CancellationToken cancellationToken)
    {
        (_budget, _count, _notRead) = (mostBytes, 0, 0);
        _done.Begin(OutputHead.Of(source).Where(IsRecorded).Select(head => source.FindRepo(head.Pipeline)?.FindCommit(head.Commit)?.SizeBytes ?? 0));
        var heads = ImmutableArray.CreateBuilder<OutputHead>();
        foreach (var head in OutputHead.Of(source))
        {
            heads.Add(IsRecorded(head) ? await TryRecordAsync(head, cancellationToken) : head);
        }

        var outputs = new SourceOutputs { Heads = heads.ToImmutable(), MostBytes = mostBytes, Files = _count, FilesNotRead = _notRead };
        outputs.Write(runDirectory);
        return outputs;
    }

    private static bool IsRecorded(OutputHead head) => head.HasFiles && head.Kind != OutputKind.Outside;

    private async Task<OutputHead> TryRecordAsync(OutputHead head, CancellationToken cancellationToken)
    {
        try
        {
            await RecordAsync(head, cancellationToken);
            return head;
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            // If the source itself cannot list some output, the migration of everything else must continue.
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
        _done.Add(file);
    }
}
