using System.Collections.Concurrent;
using System.Globalization;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Files;

/// <summary>
/// Compares files of the same commits on both sides: path, size and bytes. Equal bytes count as kept even where the hashes in the trees differ,
/// because releases hash the same content differently when it was written in other pieces.
/// </summary>
/// <param name="source">What should be there.</param>
/// <param name="target">What is there.</param>
/// <param name="progress">Told how many files were compared; null for nobody.</param>
/// <param name="budget">How much is read on each side at most; null for as much as there is.</param>
/// <param name="headers">Directories whose files arrive without their header and footer, as announced; null where there are none.</param>
internal sealed class FileComparison(
    IFileSide source, IFileSide target, IProgress<StepProgress>? progress, ByteBudget? budget = null, HeaderSurvey? headers = null)
{
    private readonly ByteBudget _budget = budget ?? ByteBudget.Unlimited;

    private const int FilesAtOnce = 8;

    // Contents that were read and found equal, by their hash in the trees; 16 bytes each.
    private readonly ConcurrentDictionary<UInt128, bool> _read = [];
    private long _done;

    /// <summary>Compares all files of some commits. Commits that the ledger has are not compared again.</summary>
    public async Task<FilesCompared> CompareAllAsync(IReadOnlyList<ComparedCommit> commits, IFileLedger ledger, CancellationToken cancellationToken)
    {
        var total = new FileTally();
        foreach (var commit in commits)
        {
            var compared = ledger.Find(commit) ?? await CompareAsync(commit, cancellationToken);
            ledger.Keep(commit, compared);
            total.Add(compared);
        }

        return total.Sum;
    }

    /// <summary>Compares a random choice of files.</summary>
    /// <param name="commits">The commits to choose from.</param>
    /// <param name="count">How many files to choose.</param>
    /// <param name="seed">What the choice begins with: the same seed chooses the same files.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public async Task<FilesCompared> CompareSomeAsync(
        IReadOnlyList<ComparedCommit> commits, int count, int seed, CancellationToken cancellationToken)
    {
        var chosen = await FileSample.ChooseAsync(source, commits, count, seed, cancellationToken);
        var tally = new FileTally();
        await Parallel.ForEachAsync(chosen, Limit(cancellationToken), async (file, stop) => Count(tally, await ReadBothAsync(file.Commit, file.File, stop)));
        return tally.Sum with { Commits = chosen.Select(file => file.Commit).Distinct().Count(), Seed = seed };
    }

    private async Task<FilesCompared> CompareAsync(ComparedCommit commit, CancellationToken cancellationToken)
    {
        var tally = new FileTally();
        var pairs = FilePair.MatchAsync(source.ListAsync(commit, cancellationToken), target.ListAsync(commit, cancellationToken), cancellationToken);
        await Parallel.ForEachAsync(pairs, Limit(cancellationToken), async (pair, stop) => Count(tally, await JudgeAsync(commit, pair, stop)));
        return tally.Sum with { Commits = 1 };
    }

    private async Task<FileVerdict> JudgeAsync(ComparedCommit commit, FilePair pair, CancellationToken cancellationToken) => pair switch
    {
        { Target: null, Source: { } lost } => FileVerdict.Of(commit, lost.Path, FileFate.Lost),
        { Source: null, Target: { } added } => FileVerdict.Of(commit, added.Path, FileFate.Added, "not in this commit on the source"),
        { Source: { } old, Target: { } now } when old.SizeBytes != now.SizeBytes && !IsHeaded(commit, old) => FileVerdict.Of(
            commit, old.Path, FileFate.Changed, string.Create(CultureInfo.InvariantCulture, $"size in bytes: {old.SizeBytes} -> {now.SizeBytes}")),
        { Source: { } old, Target: { } now } when old.Hash == now.Hash && _read.ContainsKey(HashKey.Of(old)) => FileVerdict.Of(commit, old.Path, FileFate.Kept),
        { Source: { } old } when !_budget.TryTake(old.SizeBytes) => FileVerdict.Of(commit, old.Path, FileFate.NotRead),
        { Source: { } old } => await ReadBothAsync(commit, old, cancellationToken),
        _ => throw new InvalidOperationException("a pair has a file on one side at least"),
    };

    private async Task<FileVerdict> ReadBothAsync(ComparedCommit commit, CommitFile file, CancellationToken cancellationToken)
    {
        var reading = target.TryReadAsync(commit, file, cancellationToken);
        var old = await source.TryReadAsync(commit, file, cancellationToken);
        var verdict = (old, await reading) switch
        {
            (null, _) => FileVerdict.Of(commit, file.Path, FileFate.Changed, "the source cannot give it any more, so nobody can say what it held"),
            (_, null) => FileVerdict.Of(commit, file.Path, FileFate.Lost, "the target cannot give it"),
            ({ } there, { } here) when there != here && !(here.SizeBytes < there.SizeBytes && IsHeaded(commit, file)) => FileVerdict.Of(
                commit, file.Path, FileFate.Changed, $"SHA-256 of its bytes: {there.Sha256[..12]} -> {here.Sha256[..12]}", here.SizeBytes),
            ({ } there, _) => FileVerdict.Of(commit, file.Path, FileFate.Kept, bytesRead: there.SizeBytes),
        };
        // A copy of an input in stats comes empty from both (see FileReading): that proves nothing about the input itself, whose hash is the same.
        if (verdict.Fate == FileFate.Kept && old?.SizeBytes == file.SizeBytes)
        {
            _read[HashKey.Of(file)] = true;
        }

        return verdict;
    }

    private bool IsHeaded(ComparedCommit commit, CommitFile file) => headers?.IsHeaded(commit.Repo, commit.Id, file.Path) == true;

    private void Count(FileTally tally, FileVerdict verdict)
    {
        tally.Add(verdict);
        progress?.Report(new StepProgress("comparing files", Interlocked.Increment(ref _done), Unit: "files"));
    }

    private static ParallelOptions Limit(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken };
}
