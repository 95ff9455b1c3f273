using PachUp.Pachyderm.Inventories;

namespace PachUp.Steps.Checks;

/// <summary>How much an archive of a cluster can come to, before compression.</summary>
internal static class SourceSize
{
    // Generous: a commit's operation has some 300 bytes, a pipeline's some 1500.
    private const long BytesOfAnItem = 2048;

    /// <summary>
    /// At most so many bytes. Servers say how large commits are, not objects; a commit counts in full where it may share nothing with its parent.
    /// </summary>
    public static long Of(ClusterInventory cluster, bool withObjects)
    {
        var items = cluster.Repos.Length + cluster.CountBranches() + cluster.CountCommits() + cluster.Pipelines.Length;
        var content = withObjects ? cluster.Repos.Sum(repo => repo.Commits.Sum(commit => commit.SizeBytes)) : 0;
        return (items * BytesOfAnItem) + content;
    }
}
