using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>Builds the message about a job: its record and, on request, the spec that its pipeline had then.</summary>
internal sealed class JobViews(Pachd pachd, PpsTraits traits, PipelineStore pipelines, CommitResolver resolver)
{
    /// <summary>The message about a job.</summary>
    /// <exception cref="PachdError">Its output commit or its spec is missing.</exception>
    public JobInfo Of(EtcdJobInfo job, bool full) => Find(job, full) ?? throw new NotFoundError($"job {job.Job.Id} not found");

    /// <summary>The message about a job. If its output commit was deleted, deletes the job and returns null.</summary>
    public JobInfo? Find(EtcdJobInfo job, bool full)
    {
        if (pachd.Metadata.Commits(job.OutputCommit.Repo.Name).Find(job.OutputCommit.Id) is null && IsGone(job.OutputCommit))
        {
            pachd.Metadata.Jobs.Delete(job.Job.Id);
            return null;
        }

        var output = resolver.Resolve(job.OutputCommit);
        var spec = SpecCommitOf(job, output) ?? throw new PachdError($"couldn't find spec commit for job {job.Job.Id}, (this is likely a bug)");
        var info = WithoutSpec(job);
        info.SpecCommit = pachd.Traits.KnowsBranchOfCommit ? spec : null;
        if (traits.TakesJobTimesFromCommits)
            (info.Started, info.Finished) = (output.Started, output.Finished);

        if (full)
            AddSpec(info, pipelines.InspectAt(job.Pipeline.Name, spec), output);

        return info;
    }

    private bool IsGone(Commit commit)
    {
        try
        {
            resolver.Resolve(commit);
            return false;
        }
        catch (NotFoundError)
        {
            return true;
        }
    }

    private static JobInfo WithoutSpec(EtcdJobInfo job) => job.CopyTo(new JobInfo { Job = job.Job, OutputRepo = Refs.Repo(job.Pipeline.Name) });

    private static void AddSpec(JobInfo info, PipelineInfo pipeline, CommitInfo output)
    {
        info.Transform = pipeline.Transform;
        info.PipelineVersion = pipeline.Version;
        info.ParallelismSpec = pipeline.ParallelismSpec;
        info.Egress = pipeline.Egress;
        info.Service = pipeline.Service;
        info.Spout = pipeline.Spout;
        info.OutputBranch = pipeline.OutputBranch;
        info.ResourceRequests = pipeline.ResourceRequests;
        info.ResourceLimits = pipeline.ResourceLimits;
        info.Input = InputsOf(pipeline, output);
        info.Incremental = pipeline.Incremental;
        info.Batch = pipeline.Batch;
        info.EnableStats = pipeline.EnableStats;
        info.Salt = pipeline.Salt;
        info.ChunkSpec = pipeline.ChunkSpec;
        info.DatumTimeout = pipeline.DatumTimeout;
        info.JobTimeout = pipeline.JobTimeout;
        info.DatumTries = pipeline.DatumTries;
        info.SchedulingSpec = pipeline.SchedulingSpec;
        info.PodSpec = pipeline.PodSpec;
        info.PodPatch = pipeline.PodPatch;
    }

    /// <summary>The pipeline's inputs, with the commits in the provenance of the output commit.</summary>
    private static Input? InputsOf(PipelineInfo pipeline, CommitInfo output)
    {
        var input = pipeline.Input?.Clone();
        var commits = output.ProvenanceByBranch().ToDictionary(entry => Refs.KeyOf(entry.Branch), entry => entry.Commit.Id);
        foreach (var part in PipelineInputs.All(input))
        {
            if (PipelineInputs.BranchOf(part) is { } branch && commits.TryGetValue(Refs.KeyOf(Refs.Branch(branch)), out var commit))
                SetCommit(part, commit);
        }

        return input;
    }

    private static void SetCommit(Input input, string commit)
    {
        switch (input)
        {
            case { Pfs: { } pfs }:
                pfs.Commit = commit;
                break;
            case { Atom: { } atom }:
                atom.Commit = commit;
                break;
            case { Cron: { } cron }:
                cron.Commit = commit;
                break;
            case { Git: { } git }:
                git.Commit = commit;
                break;
        }
    }

    private static Commit? SpecCommitOf(EtcdJobInfo job, CommitInfo output) =>
        output.ProvenanceByBranch()
            .FirstOrDefault(entry => entry.Branch.Repo.Name == Refs.SpecRepo && entry.Branch.Name == job.Pipeline.Name).Commit;
}
