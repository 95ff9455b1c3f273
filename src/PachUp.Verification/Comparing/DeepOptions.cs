using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Files;

namespace PachUp.Verification.Comparing;

/// <summary>Which files are compared one by one, beside one of every branch head.</summary>
public sealed record DeepOptions
{
    /// <summary>None.</summary>
    public static DeepOptions None { get; } = new();

    /// <summary>Whose files are all compared.</summary>
    public DeepScope Scope { get; init; }

    /// <summary>How many files of the branch heads are chosen at random and read end to end; 0 for none.</summary>
    public int Sample { get; init; }

    /// <summary>What the random choice begins with; another one each time where it is not given.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>
    /// How many bytes of the files of branch heads are read at most where objects and tags cannot be compared: their files stand for them then. 0 for
    /// none.
    /// </summary>
    public long ReadBytes { get; init; } = DefaultReadBytes;

    /// <summary>10 GB.</summary>
    public const long DefaultReadBytes = 10L * 1024 * 1024 * 1024;

    /// <summary>Whether no file is.</summary>
    public bool IsNone => Scope == DeepScope.None && Sample == 0;

    /// <summary>Refuses to compare files where one of the two has none.</summary>
    /// <exception cref="WrongPlaceException">One of the two is not a cluster that answers.</exception>
    internal void ThrowUnlessPossible(ComparedPlace source, ComparedPlace target)
    {
        if (!IsNone && (source is not ComparedPlace.Live || target is not ComparedPlace.Live))
        {
            throw new WrongPlaceException(
                "files can be compared between two clusters that answer, and one of these is a file",
                "Leave out --deep and --sample, or fill a sandbox from the archive (\"pachup sandbox --archive FILE\") and compare with that.");
        }
    }

    /// <summary>Every commit that is looked into.</summary>
    internal IEnumerable<ComparedCommit> CommitsOf(ClusterInventory cluster) =>
        ComparedCommit.Of(cluster, Scope).Union(Sample > 0 ? ComparedCommit.Of(cluster, DeepScope.Heads) : []);

    /// <summary>A report with what was found in files.</summary>
    internal async Task<VerificationReport> CompareAsync(
        VerificationReport report, FileComparison comparison, ClusterInventory expected, IFileLedger ledger, CancellationToken cancellationToken)
    {
        if (Scope != DeepScope.None)
        {
            report = report.With(await comparison.CompareAllAsync(ComparedCommit.Of(expected, Scope), ledger, cancellationToken));
        }

        return Sample == 0
            ? report
            : report.With(await comparison.CompareSomeAsync(ComparedCommit.Of(expected, DeepScope.Heads), Sample, Seed, cancellationToken));
    }
}
