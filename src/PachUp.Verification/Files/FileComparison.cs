using System.Collections.Concurrent;
using System.Globalization;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Files;

/// <summary>
/// Compares files of the same commits on both sides by path, size and bytes. Files with equal bytes count as kept even if the hashes in the trees
/// differ, because a release may hash the same content differently if it was written in other pieces.
/// </summary>
/// <param name="source">The expected files.</param>
/// <param name="target">The actual files.</param>
/// <param name="progress">Receives how much is compared; may be null.</param>
/// <param name="budget">The largest number of bytes to read on each side; null for no limit.</param>
/// <param name="headers">Directories whose files arrive without header and footer, as announced; null if there are none.</param>
internal sealed class FileComparison(
    IFileSide source, IFileSide target, IProgress<StepProgress>? progress, ByteBudget? budget = null, HeaderSurvey? headers = null)
{
    private readonly ByteBudget _budget = budget ?? ByteBudget.Unlimited;

    private const int FilesAtOnce = 8;

    // The tree hashes of contents that were read and found equal; 16 bytes each.
    private readonly ConcurrentDictionary<UInt128, bool> _read = [];
    private readonly CommitProgress _done = new("comparing files", progress);

    /// <summary>Compares all files of some commits, except commits that the ledger contains.</summary>
    public async Task<FilesCompared> CompareAllAsync(IReadOnlyList<ComparedCommit> commits, IFileLedger ledger, CancellationToken cancellationToken)
    {
        _done.Begin(ledger.LeftOf(commits).Select(commit => commit.SizeBytes));
        return await ledger.SumAsync(commits, commit => CompareAsync(commit, cancellationToken));
    }

    /// <summary>Compares a random choice of files.</summary>
    /// <param name="commits">The commits to choose from.</param>
    /// <param name="count">How many files to choose.</param>
    /// <param name="seed">The seed of the choice: the same seed chooses the same files.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public async Task<FilesCompared> CompareSomeAsync(
        IReadOnlyList<ComparedCommit> commits, int count, int seed, CancellationToken cancellationToken)
    {
        var chosen = await FileSample.ChooseAsync(source, commits, count, seed, progress, cancellationToken);
        var tally = new FileTally();
        _done.Begin(chosen.Select(file => file.File.SizeBytes));
        await Parallel.ForEachAsync(chosen, Limit(cancellationToken), async (file, stop) =>
        {
            tally.Add(await ReadBothAsync(file.Commit, file.File, stop));
            _done.Add(file.File);
        });
        return tally.Sum with { Commits = chosen.Select(file => file.Commit).Distinct().Count(), Seed = seed };
    }

    private async Task<FilesCompared> CompareAsync(ComparedCommit commit, CancellationToken cancellationToken)
    {
        var tally = new FileTally();
        var pairs = FilePair.MatchAsync(source.ListAsync(commit, cancellationToken), target.ListAsync(commit, cancellationToken), cancellationToken);
        await Parallel.ForEachAsync(pairs, Limit(cancellationToken), async (pair, stop) =>
        {
            tally.Add(await JudgeAsync(commit, pair, stop));

            // Files that only the target has are not in the total.
            if (pair.Source is { } file)
            {
                _done.Add(file);
            }
        });
        return tally.Sum with { Commits = 1 };
    }

    private async Task<FileVerdict> JudgeAsync(ComparedCommit commit, FilePair pair, CancellationToken cancellationToken) => pair switch
    {
        { Target: null, Source: { } lost } => FileVerdict.Of(commit, lost.Path, FileResult.Lost),
        { Source: null, Target: { } added } => FileVerdict.Of(commit, added.Path, FileResult.Added, "not in this commit on the source"),
        { Source: { } old, Target: { } now } when old.SizeBytes != now.SizeBytes && !IsHeaded(commit, old) => FileVerdict.Of(
            commit, old.Path, FileResult.Changed, string.Create(CultureInfo.InvariantCulture, $"size in bytes: {old.SizeBytes} -> {now.SizeBytes}")),
        { Source: { } old, Target: { } now } when old.Hash == now.Hash && _read.ContainsKey(HashKey.Of(old)) => FileVerdict.Of(commit, old.Path, FileResult.Kept),
        { Source: { } old } when !_budget.TryTake(old.SizeBytes) => FileVerdict.Of(commit, old.Path, FileResult.NotRead),
        { Source: { } old } => await ReadBothAsync(commit, old, cancellationToken),
        _ => throw new InvalidOperationException("a pair has a file on at least one side"),
    };

    private async Task<FileVerdict> ReadBothAsync(ComparedCommit commit, CommitFile file, CancellationToken cancellationToken)
    {
        var reading = target.TryReadAsync(commit, file, cancellationToken);
        var old = await source.TryReadAsync(commit, file, cancellationToken);
        var verdict = (old, await reading) switch
        {
            (null, _) => FileVerdict.Of(commit, file.Path, FileResult.Changed, "the source cannot send it any more, so it cannot be compared"),
            (_, null) => FileVerdict.Of(commit, file.Path, FileResult.Lost, "the target cannot send it"),
            ({ } there, { } here) when there != here && !(here.SizeBytes < there.SizeBytes && IsHeaded(commit, file)) => FileVerdict.Of(
                commit, file.Path, FileResult.Changed, $"SHA-256 of its bytes: {there.Sha256[..12]} -> {here.Sha256[..12]}", here.SizeBytes),
            ({ } there, _) => FileVerdict.Of(commit, file.Path, FileResult.Kept, bytesRead: there.SizeBytes),
        };
        // A copy of an input in stats is empty on both sides (see FileReading). This does not prove the input itself, which has the same hash.
        if (verdict.Fate == FileResult.Kept && old?.SizeBytes == file.SizeBytes)
        {
            _read[HashKey.Of(file)] = true;
        }

        return verdict;
    }

    private bool IsHeaded(ComparedCommit commit, CommitFile file) => headers?.IsHeaded(commit.Repo, commit.Id, file.Path) == true;

    private static ParallelOptions Limit(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken };
}
