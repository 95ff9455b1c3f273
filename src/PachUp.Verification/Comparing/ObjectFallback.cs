using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Files;

namespace PachUp.Verification.Comparing;

/// <summary>
/// Replaces the comparison of objects and tags if they cannot be listed: it lists the files of every commit, and reads the files of the branch heads
/// from beginning to end (equal content once), up to a byte limit. If the source still answers, it compares the bytes with the source.
/// </summary>
/// <param name="target">The actual state.</param>
/// <param name="source">The expected files; null if the source does not answer any more.</param>
/// <param name="readBytes">The largest number of bytes to read; 0 for none.</param>
/// <param name="progress">Receives what is being read; may be null.</param>
internal sealed class ObjectFallback(PachdClient target, IFileSide? source, long readBytes, IProgress<StepProgress>? progress)
{
    /// <summary>Adds the result to a report.</summary>
    /// <param name="report">The report so far.</param>
    /// <param name="expected">The expected state of the target.</param>
    /// <param name="readsHeads">Whether to read the files of the branch heads; not if another comparison reads them all.</param>
    /// <param name="ledger">The record of commits that are done.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<VerificationReport> AddToAsync(
        VerificationReport report, ClusterInventory expected, bool readsHeads, IFileLedger ledger, CancellationToken cancellationToken)
    {
        var lost = report.Lost.Where(item => item.Kind == ItemKind.Commit).Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var unlisted = (await ObjectReach.FindUnlistedAsync(target, expected, progress, cancellationToken)).Select(commit => commit.ToString()).Where(name => !lost.Contains(name));
        report = report with
        {
            Lost = [.. report.Lost, .. unlisted.Select(name => new InventoryItem(ItemKind.Commit, name, "its files cannot be listed"))],
        };
        if (!readsHeads || readBytes == 0)
        {
            return report;
        }

        var files = await ReadAsync(expected, ledger, cancellationToken);
        report = report.With(files);
        return files.NotRead == 0 ? report : report with
        {
            NotCompared =
            [
                .. report.NotCompared,
                $"{Words.Count(files.NotRead, "file")} of the branch heads: listed, but not read, because the limit is {Words.Bytes(readBytes)} (readBytes).",
            ],
        };
    }

    private Task<FilesCompared> ReadAsync(ClusterInventory expected, IFileLedger ledger, CancellationToken cancellationToken)
    {
        var heads = ComparedCommit.Of(expected, DeepScope.Heads);
        var budget = new ByteBudget(readBytes);
        return source is null
            ? new FileReading(target, budget, progress).ReadAllAsync(heads, ledger, cancellationToken)
            : new FileComparison(source, new LiveFiles(target), progress, budget, expected.Headers).CompareAllAsync(heads, ledger, cancellationToken);
    }
}
