using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>
/// Fills an empty cluster with what another one listed: also ids, times, open commits, output repos and stopped pipelines, which no stream of operations
/// has. No output commits are started, since the listing has them.
/// </summary>
internal sealed class ClusterFiller(
    Pachd pachd, PlaceholderObjects objects, PipelineFiller pipelines, CommitFiller commits, BranchFiller branches)
{
    /// <summary>Fills the cluster; see <see cref="SandboxCluster.Fill(ClusterInventory, bool)"/>.</summary>
    public void Fill(ClusterInventory cluster, bool completesSpecs)
    {
        objects.Fill(cluster);
        foreach (var repo in cluster.Repos.OrderBy(repo => repo.Created))
        {
            pachd.Metadata.InTransaction(() => pachd.Metadata.Repos.Put(repo.Name, MessageOf(repo)));
        }

        pipelines.Fill(cluster, completesSpecs);
        commits.Fill(cluster);
        branches.Fill(cluster);
    }

    private RepoInfo MessageOf(RepoInventory repo) => new()
    {
        Repo = Refs.Repo(repo.Name),
        Description = repo.Description,
        SizeBytes = (ulong)repo.SizeBytes,
        Created = repo.Created is { } time ? Timestamp.FromDateTimeOffset(time) : pachd.Now(),
    };
}
