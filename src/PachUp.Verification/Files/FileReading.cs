using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Files;

/// <summary>
/// Reads files of a target from beginning to end if there is no source to compare them with. If the server sends a complete file of the size in the
/// tree, its objects have arrived, because objects are stored under the hash of their content.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="budget">The largest number of bytes to read.</param>
/// <param name="progress">Receives how much was read; may be null.</param>
internal sealed partial class FileReading(PachdClient target, ByteBudget budget, IProgress<StepProgress>? progress)
{
    private const int FilesAtOnce = 8;

    private readonly LiveFiles _files = new(target);

    // The tree hashes of contents that were read; 16 bytes each.
    private readonly ConcurrentDictionary<UInt128, bool> _read = [];
    private readonly CommitProgress _done = new("reading files of the target", progress);

    /// <summary>Reads all files of some commits, except commits that the ledger contains.</summary>
    public async Task<FilesCompared> ReadAllAsync(IReadOnlyList<ComparedCommit> commits, IFileLedger ledger, CancellationToken cancellationToken)
    {
        _done.Begin(ledger.LeftOf(commits).Select(commit => commit.SizeBytes));
        var sum = await ledger.SumAsync(commits, commit => ReadAsync(commit, cancellationToken));
        return sum with { IsOfTargetAlone = true };
    }

    private async Task<FilesCompared> ReadAsync(ComparedCommit commit, CancellationToken cancellationToken)
    {
        var tally = new FileTally();
        try
        {
            await foreach (var files in FileWalk.ListAllAsync(target, commit.Repo, commit.Id, cancellationToken).Chunk(FilesAtOnce))
            {
                await Task.WhenAll(files.Select(async file =>
                {
                    tally.Add(await JudgeAsync(commit, file, cancellationToken));
                    _done.Add(file);
                }));
            }
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            tally.Add(FileVerdict.Of(commit, "/", FileResult.Lost, $"the target cannot list the files: {e.Detail}"));
        }

        return tally.Sum with { Commits = 1 };
    }

    private async Task<FileVerdict> JudgeAsync(ComparedCommit commit, CommitFile file, CancellationToken cancellationToken)
    {
        if (_read.ContainsKey(HashKey.Of(file)))
        {
            return FileVerdict.Of(commit, file.Path, FileResult.Kept);
        }

        if (!budget.TryTake(file.SizeBytes))
        {
            return FileVerdict.Of(commit, file.Path, FileResult.NotRead);
        }

        switch (await _files.TryReadAsync(commit, file, cancellationToken))
        {
            case null:
                return FileVerdict.Of(commit, file.Path, FileResult.Lost, "the target lists it but cannot send it");
            case { } content when !IsWhole(file, content.SizeBytes):
                var sizes = string.Create(CultureInfo.InvariantCulture, $"bytes received: {content.SizeBytes} of {file.SizeBytes}");
                return FileVerdict.Of(commit, file.Path, FileResult.Changed, sizes, content.SizeBytes);
            case { } content:
                // A file that was sent empty does not prove another file with the same hash.
                if (content.SizeBytes == file.SizeBytes)
                {
                    _read[HashKey.Of(file)] = true;
                }

                return FileVerdict.Of(commit, file.Path, FileResult.Kept, bytesRead: content.SizeBytes);
        }
    }

    /// <summary>
    /// Whether a server sent all of a file that it can send. For a copy of an input in stats, 1.8 and later send nothing, also on the cluster that
    /// computed it: the tree names objects there, but the server reads only blocks of computed files.
    /// </summary>
    internal static bool IsWhole(CommitFile file, long bytes) => bytes == file.SizeBytes || (bytes == 0 && CopyOfInputInStats().IsMatch(file.Path));

    [GeneratedRegex("^/[0-9a-f]{64}/pfs/(?!out/)")]
    private static partial Regex CopyOfInputInStats();
}
