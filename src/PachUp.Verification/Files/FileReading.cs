using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Files;

/// <summary>
/// Reads files of a target end to end where no source is there to compare them with. That a server gives a file whole, and as large as the tree says,
/// proves that its objects arrived: they lie under the hash of their content.
/// </summary>
/// <param name="target">What is read.</param>
/// <param name="budget">How much is read at most.</param>
/// <param name="progress">Told how many files were read; null for nobody.</param>
internal sealed partial class FileReading(PachdClient target, ByteBudget budget, IProgress<StepProgress>? progress)
{
    private const int FilesAtOnce = 8;

    private readonly LiveFiles _files = new(target);

    // Contents that were read, by their hash in the trees; 16 bytes each.
    private readonly ConcurrentDictionary<UInt128, bool> _read = [];
    private long _done;

    /// <summary>Reads all files of some commits. Commits that the ledger has are not read again.</summary>
    public async Task<FilesCompared> ReadAllAsync(IReadOnlyList<ComparedCommit> commits, IFileLedger ledger, CancellationToken cancellationToken)
    {
        var total = new FileTally();
        foreach (var commit in commits)
        {
            var read = ledger.Find(commit) ?? await ReadAsync(commit, cancellationToken);
            ledger.Keep(commit, read);
            total.Add(read);
        }

        return total.Sum with { IsOfTargetAlone = true };
    }

    private async Task<FilesCompared> ReadAsync(ComparedCommit commit, CancellationToken cancellationToken)
    {
        var tally = new FileTally();
        try
        {
            await foreach (var files in FileWalk.ListAllAsync(target, commit.Repo, commit.Id, cancellationToken).Chunk(FilesAtOnce))
            {
                await Task.WhenAll(files.Select(async file => Count(tally, await JudgeAsync(commit, file, cancellationToken))));
            }
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            Count(tally, FileVerdict.Of(commit, "/", FileFate.Lost, $"the target cannot list the files: {e.Detail}"));
        }

        return tally.Sum with { Commits = 1 };
    }

    private async Task<FileVerdict> JudgeAsync(ComparedCommit commit, CommitFile file, CancellationToken cancellationToken)
    {
        if (_read.ContainsKey(HashKey.Of(file)))
        {
            return FileVerdict.Of(commit, file.Path, FileFate.Kept);
        }

        if (!budget.TryTake(file.SizeBytes))
        {
            return FileVerdict.Of(commit, file.Path, FileFate.NotRead);
        }

        switch (await _files.TryReadAsync(commit, file, cancellationToken))
        {
            case null:
                return FileVerdict.Of(commit, file.Path, FileFate.Lost, "the target lists it and cannot give it");
            case { } content when !IsWhole(file, content.SizeBytes):
                var sizes = string.Create(CultureInfo.InvariantCulture, $"bytes that came: {content.SizeBytes} of {file.SizeBytes}");
                return FileVerdict.Of(commit, file.Path, FileFate.Changed, sizes, content.SizeBytes);
            case { } content:
                // A file of which nothing came proves nothing about another one of the same hash.
                if (content.SizeBytes == file.SizeBytes)
                {
                    _read[HashKey.Of(file)] = true;
                }

                return FileVerdict.Of(commit, file.Path, FileFate.Kept, bytesRead: content.SizeBytes);
        }
    }

    /// <summary>
    /// Whether a server gave all that a file has there. Of a copy of an input in stats, 1.8 and later give nothing, in the cluster that computed it too:
    /// the tree names objects there, and of computed files the server reads blocks alone.
    /// </summary>
    internal static bool IsWhole(CommitFile file, long bytes) => bytes == file.SizeBytes || (bytes == 0 && CopyOfInputInStats().IsMatch(file.Path));

    [GeneratedRegex("^/[0-9a-f]{64}/pfs/(?!out/)")]
    private static partial Regex CopyOfInputInStats();

    private void Count(FileTally tally, FileVerdict verdict)
    {
        tally.Add(verdict);
        progress?.Report(new StepProgress("reading files of the target", Interlocked.Increment(ref _done), Unit: "files"));
    }
}
