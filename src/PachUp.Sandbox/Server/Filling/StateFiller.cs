using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>
/// Fills a cluster with the state that another server showed. Existing items stay, except for what workers change: open commits are finished, pipelines
/// change state, and jobs are added.
/// </summary>
internal sealed class StateFiller(Pachd pachd, CommitFiller commits, CommitFinisher finisher, TreeFiller trees, PipelineFiller pipelines)
{
    private static readonly string EmptyObject = ObjectStorage.HashOf([]);

    /// <summary>Fills the cluster; see <see cref="SandboxCluster.Fill(ServerState)"/>.</summary>
    public void Fill(ServerState state)
    {
        FillStorage(state);
        trees.Fill(state.Files);
        Each(state.Repos, repo => PutNew(pachd.Metadata.Repos, repo.Repo.Name, repo));
        Each(state.Pipelines, Keep);
        Each(state.Commits, Keep);
        Each(state.Pipelines, pipelines.KeepMissingSpec);
        Each(state.Branches, branch => PutNew(pachd.Metadata.Branches(branch.Branch.Repo.Name), branch.Branch.Name, branch));
        Each(state.Jobs, job => Keep(job.CopyTo(new EtcdJobInfo { Job = job.Job })));
        Each(state.UnlistedJobs, job => Keep(job.CopyTo(new EtcdJobInfo { Job = new Job { Id = pachd.NewIds.Next() } })));
    }

    /// <summary>Stores each message in its own transaction, since lists are ordered by revision.</summary>
    private void Each<T>(IEnumerable<T> messages, Action<T> keep)
    {
        foreach (var message in messages)
        {
            pachd.Metadata.InTransaction(() => keep(message));
        }
    }

    private void FillStorage(ServerState state)
    {
        foreach (var (name, content) in state.Blocks)
        {
            pachd.Objects.PutBlock(name, content);
        }

        foreach (var (hash, block) in state.BlocksOfObjects)
        {
            pachd.Objects.PutObject(hash, block);
        }

        foreach (var content in state.Objects)
        {
            pachd.Objects.Put(content);
        }

        // The empty object is the list of datums of a job without datums. Its hash shows its content.
        if (state.Commits.Any(commit => commit.Datums?.Hash == EmptyObject))
            pachd.Objects.Put([]);

        foreach (var (tag, hash) in state.Tags)
        {
            pachd.Objects.PutTag(tag, hash);
        }
    }

    private static void PutNew<T>(Metadata.Collection<T> collection, string key, T message)
        where T : class, Google.Protobuf.IMessage<T>, new()
    {
        if (!collection.Contains(key) || key == Refs.SpecRepo)
            collection.Put(key, message);
    }

    private void Keep(EtcdJobInfo job) => pachd.Metadata.Jobs.Put(job.Job.Id, job);

    private void Keep(PipelineInfo info)
    {
        var name = info.Pipeline.Name;
        var record = pachd.Metadata.Pipelines.Find(name) ?? new EtcdPipelineInfo { SpecCommit = SpecOf(info) };
        record.State = info.State;
        record.Reason = info.Reason;
        record.LastJobState = info.LastJobState;
        record.JobCounts.Clear();
        record.JobCounts.Add(info.JobCounts);
        pachd.Metadata.Pipelines.Put(name, record);
    }

    // Up to 1.8 the spec commit of an inspected pipeline ends with the number of steps back.
    private static Commit SpecOf(PipelineInfo info) => Refs.Commit(Refs.SpecRepo, info.SpecCommit.Id.Split('~')[0]);

    private void Keep(CommitInfo info)
    {
        var known = pachd.Metadata.Commits(info.Commit.Repo.Name).Find(info.Commit.Id);
        if (known is null)
            commits.Keep(info);
        else if (known.Finished is null && info.Finished is not null)
            finisher.Finish(RequestOf(info));
    }

    /// <summary>The request with which a worker finishes an output commit.</summary>
    private static FinishCommitRequest RequestOf(CommitInfo info) => new()
    {
        Commit = info.Commit,
        Tree = info.Tree,
        Trees = { info.Trees },
        Datums = info.Datums,
        SizeBytes = info.SizeBytes,
        Empty = info.Tree is null && info.Trees.Count == 0,
    };
}
