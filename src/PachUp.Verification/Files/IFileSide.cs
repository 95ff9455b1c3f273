using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Files;

/// <summary>One side of a comparison of files: a live cluster, or the record of a cluster.</summary>
internal interface IFileSide
{
    /// <summary>The files of a commit in the order of <see cref="FileWalk.ComparePaths"/>.</summary>
    IAsyncEnumerable<CommitFile> ListAsync(ComparedCommit commit, CancellationToken cancellationToken);

    /// <summary>The facts about a file's content; null if the side does not have it any more or cannot send it.</summary>
    Task<FileContent?> TryReadAsync(ComparedCommit commit, CommitFile file, CancellationToken cancellationToken);
}

/// <summary>A commit whose files are compared. It has the same id on both sides.</summary>
/// <param name="Repo">Its repo, by its name on the target.</param>
/// <param name="Id">Its id.</param>
internal readonly record struct ComparedCommit(string Repo, string Id)
{
    /// <summary>The size of its files in bytes, as the source listed it, for the progress; 0 if it is not known.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Whether it is the same commit; the size does not matter.</summary>
    public bool Equals(ComparedCommit other) => (Repo, Id) == (other.Repo, other.Id);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Repo, Id);

    /// <summary>The commits of an inventory that have files to compare, by repo and id.</summary>
    public static IReadOnlyList<ComparedCommit> Of(ClusterInventory cluster, DeepScope scope) =>
    [
        .. cluster.Repos.SelectMany(repo => CommitsOf(repo, scope).Select(commit => new ComparedCommit(repo.Name, commit.Id) { SizeBytes = commit.SizeBytes }))
            .OrderBy(commit => commit.Repo, StringComparer.Ordinal)
            .ThenBy(commit => commit.Id, StringComparer.Ordinal),
    ];

    /// <summary><c>repo@id</c>.</summary>
    public override string ToString() => $"{Repo}@{Id}";

    private static IEnumerable<CommitInventory> CommitsOf(RepoInventory repo, DeepScope scope)
    {
        var finished = repo.Commits.Where(commit => !commit.IsOpen);
        return scope switch
        {
            DeepScope.All => finished,
            DeepScope.Heads => finished.IntersectBy(repo.Branches.Select(branch => branch.Head).OfType<string>(), commit => commit.Id),
            _ => [],
        };
    }
}

/// <summary>The commits whose files are compared one by one and read from beginning to end.</summary>
public enum DeepScope
{
    /// <summary>None.</summary>
    None,

    /// <summary>The heads of all branches.</summary>
    Heads,

    /// <summary>All commits.</summary>
    All,
}
