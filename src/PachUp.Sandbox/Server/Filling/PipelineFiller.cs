using Google.Protobuf;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>
/// Stores pipelines as another cluster listed them, also stopped ones. Each spec is in the commit that it has there, because output commits name that
/// commit.
/// </summary>
internal sealed class PipelineFiller(Pachd pachd, PipelineDefaults defaults, CommitTrees trees, CommitFiller commits)
{
    /// <summary>Stores all pipelines and the commits of their specs.</summary>
    /// <param name="cluster">What was listed.</param>
    /// <param name="completesSpecs">Whether to fill in the defaults of specs, as for a spec that a client sends.</param>
    public void Fill(ClusterInventory cluster, bool completesSpecs)
    {
        KeepFormerSpecs(cluster);
        foreach (var pipeline in cluster.Pipelines.OrderBy(pipeline => pipeline.Info.CreatedAt))
        {
            var info = pipeline.Info.Clone();
            info.Pipeline = new Pipeline { Name = pipeline.Name };
            info.Stopped = pipeline.Stopped;
            if (completesSpecs)
                Complete(info);

            pachd.Metadata.InTransaction(() => Keep(info));
        }
    }

    /// <summary>Writes the spec of a pipeline under the hash that its spec commit names, if that object is missing.</summary>
    public void KeepMissingSpec(PipelineInfo info)
    {
        var spec = pachd.Metadata.Pipelines.Get(info.Pipeline.Name).SpecCommit;
        if (pachd.Metadata.Commits(Refs.SpecRepo).Find(spec.Id)?.Tree is { } tree && !pachd.Objects.HasObject(tree.Hash))
            pachd.Objects.PutObject(tree.Hash, pachd.Objects.Inspect(TreeOf(info).Hash).BlockRef);
    }

    private void Complete(PipelineInfo info)
    {
        defaults.Fill(info);
        if (info.Salt.Length == 0)
            info.Salt = pachd.NewIds.Next();
    }

    private void Keep(PipelineInfo info)
    {
        var name = info.Pipeline.Name;
        var spec = Refs.Commit(Refs.SpecRepo, info.SpecCommit?.Id is { Length: > 0 } id ? id : pachd.NewIds.Next());
        KeepSpecCommit(spec, name, TreeOf(info));
        var branch = Refs.Branch(Refs.SpecRepo, name);
        pachd.Metadata.Branches(Refs.SpecRepo).Put(name, new BranchInfo { Name = name, Branch = branch, Head = spec });
        pachd.Metadata.Repos.Update(Refs.SpecRepo, repo => repo.Branches.AddBranch(branch));
        pachd.Metadata.Pipelines.Put(name, new EtcdPipelineInfo
        {
            SpecCommit = spec,
            State = info.State,
            Reason = info.Reason,
            JobCounts = { info.JobCounts },
            LastJobState = info.LastJobState,
            Parallelism = Parallelism.Of(info.ParallelismSpec),
        });
    }

    /// <summary>Makes the earlier spec commits that output commits name. No listing has their content, so they are empty.</summary>
    private void KeepFormerSpecs(ClusterInventory cluster)
    {
        var empty = trees.Write(new HashTree());
        var specs = cluster.Repos.SelectMany(repo => repo.Commits).SelectMany(commit => commit.Provenance)
            .Where(origin => origin.Repo == Refs.SpecRepo)
            .DistinctBy(origin => origin.Commit);
        foreach (var spec in specs)
        {
            pachd.Metadata.InTransaction(() => KeepSpecCommit(Refs.Commit(Refs.SpecRepo, spec.Commit), spec.Branch, empty));
        }
    }

    private void KeepSpecCommit(Commit commit, string branch, Wire.Object tree) => commits.Keep(new CommitInfo
    {
        Commit = commit,
        Started = pachd.Now(),
        Finished = pachd.Now(),
        Tree = tree,
        Branch = pachd.Traits.KnowsBranchOfCommit ? Refs.Branch(Refs.SpecRepo, branch) : null,
        Origin = pachd.Traits.KnowsBranchOfCommit ? new CommitOrigin { Kind = OriginKind.User } : null,
    });

    private Wire.Object TreeOf(PipelineInfo info)
    {
        var content = info.ToByteArray();
        var tree = new HashTree();
        tree.PutFile(PipelineStore.SpecFile, [pachd.Objects.Put(content).Hash], content.Length);
        return trees.Write(tree);
    }
}
