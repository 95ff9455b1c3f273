using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>
/// Makes an empty cluster hold what another one listed: with ids, times, open commits, output repos and stopped pipelines, all of which no
/// stream of operations carries. Nothing is computed from what is kept, because all that follows from it is listed too.
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
            pachd.Metadata.Do(() => pachd.Metadata.Repos.Put(repo.Name, MessageOf(repo)));
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
