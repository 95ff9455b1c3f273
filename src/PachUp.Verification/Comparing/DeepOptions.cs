using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Files;

namespace PachUp.Verification.Comparing;

/// <summary>Which files are compared, in addition to one file of every branch head.</summary>
public sealed record DeepOptions
{
    /// <summary>None.</summary>
    public static DeepOptions None { get; } = new();

    /// <summary>The commits whose files are all compared.</summary>
    public DeepScope Scope { get; init; }

    /// <summary>How many files of the branch heads are chosen at random and read from beginning to end; 0 for none.</summary>
    public int Sample { get; init; }

    /// <summary>The seed of the random choice; a new one each time if it is not given.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>
    /// The largest number of bytes of branch head files to read if objects and tags cannot be compared: reading the files replaces this comparison.
    /// 0 for none.
    /// </summary>
    public long ReadBytes { get; init; } = DefaultReadBytes;

    /// <summary>10 GB.</summary>
    public const long DefaultReadBytes = 10L * 1024 * 1024 * 1024;

    /// <summary>Whether no file is compared.</summary>
    public bool IsNone => Scope == DeepScope.None && Sample == 0;

    /// <summary>Refuses to compare files if one of the two has none.</summary>
    /// <exception cref="WrongPlaceException">One of the two is not a cluster that answers.</exception>
    internal void ThrowUnlessPossible(ComparedPlace source, ComparedPlace target)
    {
        if (!IsNone && (source is not ComparedPlace.Live || target is not ComparedPlace.Live))
        {
            throw new WrongPlaceException(
                "files can be compared only between two clusters that answer, but one of these is a file",
                "Leave out --deep and --sample, or load the archive into a sandbox (\"pachup sandbox --archive FILE\") and compare with the sandbox.");
        }
    }

    /// <summary>The commits whose files are compared.</summary>
    internal IEnumerable<ComparedCommit> CommitsOf(ClusterInventory cluster) =>
        ComparedCommit.Of(cluster, Scope).Union(Sample > 0 ? ComparedCommit.Of(cluster, DeepScope.Heads) : []);

    /// <summary>Adds the result for files to a report.</summary>
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
