using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Files;

namespace PachUp.Verification.Comparing;

/// <summary>
/// What stands in for a comparison of objects and tags where they cannot be listed: every commit's files are listed, and every file of the branch heads
/// is read end to end, the same content once, up to a budget. Where the source still answers the bytes are compared with it.
/// </summary>
/// <param name="target">What is there.</param>
/// <param name="source">The files as they should be; null where no source answers any more.</param>
/// <param name="readBytes">How many bytes are read at most; 0 for none.</param>
/// <param name="progress">Told what is being read; null for nobody.</param>
internal sealed class ObjectStandIn(PachdClient target, IFileSide? source, long readBytes, IProgress<StepProgress>? progress)
{
    /// <summary>A report with what was found.</summary>
    /// <param name="report">What was found otherwise.</param>
    /// <param name="expected">What the target should hold.</param>
    /// <param name="readsHeads">Whether the files of the branch heads are to be read; not where something else compares them all.</param>
    /// <param name="ledger">Remembers commits that are done.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<VerificationReport> AddToAsync(
        VerificationReport report, ClusterInventory expected, bool readsHeads, IFileLedger ledger, CancellationToken cancellationToken)
    {
        progress?.Report(new StepProgress("listing the files of commits"));
        var lost = report.Lost.Where(item => item.Kind == ItemKind.Commit).Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var unlisted = (await ObjectReach.FindUnlistedAsync(target, expected, cancellationToken)).Select(commit => commit.ToString()).Where(name => !lost.Contains(name));
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
                $"{Words.Count(files.NotRead, "file")} of the branch heads: listed, and not read after {Words.Bytes(readBytes)} (readBytes allows more).",
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
