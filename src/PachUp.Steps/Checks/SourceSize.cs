using PachUp.Pachyderm.Inventories;

namespace PachUp.Steps.Checks;

/// <summary>Estimates the largest possible size of an archive of a cluster, before compression.</summary>
internal static class SourceSize
{
    // A high estimate: the operation of a commit has about 300 bytes, that of a pipeline about 1500.
    private const long BytesOfAnItem = 2048;

    /// <summary>
    /// The largest possible number of bytes. pachd tells the size of commits, not of objects; a commit counts in full if it may share nothing with
    /// its parent.
    /// </summary>
    public static long Of(ClusterInventory cluster, bool withObjects)
    {
        var items = cluster.Repos.Length + cluster.CountBranches() + cluster.CountCommits() + cluster.Pipelines.Length;
        var content = withObjects ? cluster.Repos.Sum(repo => repo.Commits.Sum(commit => commit.SizeBytes)) : 0;
        return (items * BytesOfAnItem) + content;
    }
}
