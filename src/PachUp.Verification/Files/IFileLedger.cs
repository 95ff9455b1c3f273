using System.Collections.Immutable;
using System.Globalization;
using PachUp.Sdk;

namespace PachUp.Verification.Files;

/// <summary>Records which commits were compared.</summary>
internal interface IFileLedger
{
    /// <summary>The result for a commit; null if it was not compared yet.</summary>
    FilesCompared? Find(ComparedCommit commit);

    /// <summary>Records the result for a commit.</summary>
    void Keep(ComparedCommit commit, FilesCompared found);

    /// <summary>Those of some commits that were not compared yet.</summary>
    IEnumerable<ComparedCommit> LeftOf(IEnumerable<ComparedCommit> commits) => commits.Where(commit => Find(commit) is null);

    /// <summary>The sum of the results for some commits. Only commits without a result are compared.</summary>
    async Task<FilesCompared> SumAsync(IEnumerable<ComparedCommit> commits, Func<ComparedCommit, Task<FilesCompared>> compareAsync)
    {
        var total = new FileTally();
        foreach (var commit in commits)
        {
            var found = Find(commit) ?? await compareAsync(commit);
            Keep(commit, found);
            total.Add(found);
        }

        return total.Sum;
    }
}

/// <summary>Records nothing: for a comparison outside a run.</summary>
internal sealed class NoLedger : IFileLedger
{
    public FilesCompared? Find(ComparedCommit commit) => null;

    public void Keep(ComparedCommit commit, FilesCompared found)
    {
    }
}

/// <summary>
/// Records in the run's journal the commits in which every file was kept. A commit with a difference is not recorded: it is compared again after an
/// interruption, so that the report names its files.
/// </summary>
internal sealed class JournalLedger(IStepExecution execution) : IFileLedger
{
    private const string Kind = "files-compared";
    private const string CommitFact = "commit";
    private const string FilesFact = "files";
    private const string BytesFact = "bytes";

    private readonly Dictionary<string, FilesCompared> _compared = execution.Checkpoints
        .Where(checkpoint => checkpoint.Kind == Kind)
        .ToDictionary(checkpoint => checkpoint.Facts[CommitFact], FromFacts);

    public FilesCompared? Find(ComparedCommit commit) => _compared.GetValueOrDefault(commit.ToString());

    public void Keep(ComparedCommit commit, FilesCompared found)
    {
        if (found is { Lost.IsEmpty: true, Changed.IsEmpty: true, NotRead: 0 } && _compared.TryAdd(commit.ToString(), found))
        {
            execution.Record(new Checkpoint(Kind) { Facts = ToFacts(commit, found) });
        }
    }

    private static ImmutableSortedDictionary<string, string> ToFacts(ComparedCommit commit, FilesCompared found) =>
        ImmutableSortedDictionary<string, string>.Empty
            .Add(CommitFact, commit.ToString())
            .Add(FilesFact, found.Files.ToString(CultureInfo.InvariantCulture))
            .Add(BytesFact, found.BytesRead.ToString(CultureInfo.InvariantCulture));

    private static FilesCompared FromFacts(Checkpoint checkpoint)
    {
        var files = long.Parse(checkpoint.Facts[FilesFact], CultureInfo.InvariantCulture);
        return new FilesCompared
        {
            Commits = 1,
            Files = files,
            Kept = files,
            BytesRead = long.Parse(checkpoint.Facts[BytesFact], CultureInfo.InvariantCulture),
        };
    }
}
