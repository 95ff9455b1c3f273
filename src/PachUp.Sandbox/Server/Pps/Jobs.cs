using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>
/// Jobs. Each is a record that points at the output commit that it makes. Where no workers run, a job does not change until a client stops or
/// deletes it.
/// </summary>
internal sealed class Jobs(
    Pachd pachd, PpsTraits traits, JobViews views, PipelineStore pipelines, CommitResolver resolver, CommitFinisher finisher)
{
    private const string Keys = "/pachyderm_pps/jobs/";

    // The root of the keys in etcd is the same in all releases. Up to 1.10 the error of a deletion shows it.
    private const string KeyRoot = "pachyderm/1.7.0";

    public Job Create(CreateJobRequest request)
    {
        ServerCrash.IfNull(request.Pipeline);
        var record = request.CopyTo(new EtcdJobInfo { Job = new Job { Id = pachd.NewIds.Next() }, Stats = new ProcessStats() });
        record.State = JobState.JobStarting;
        pachd.Metadata.InTransaction(() => SetState(record, request.State, request.Reason));
        return record.Job;
    }

    /// <summary>A job with the whole spec that it runs.</summary>
    /// <exception cref="PachdError">There is none.</exception>
    public JobInfo Inspect(InspectJobRequest request) => pachd.Metadata.InTransaction(() => views.Of(RecordOf(request), full: true));

    /// <summary>The jobs that a request asks for, newest first.</summary>
    /// <exception cref="PachdError">The request names something that does not exist.</exception>
    public IReadOnlyList<JobInfo> List(ListJobRequest request) => pachd.Metadata.InTransaction(() =>
    {
        var output = request.OutputCommit is null ? null : resolver.ResolveId(request.OutputCommit);
        var inputs = request.InputCommit.Select(resolver.ResolveId).ToList();
        var specs = traits.ListsByHistory ? pipelines.SpecCommitIds(request.Pipeline, request.History) : null;
        var full = inputs.Count > 0 || (traits.TakesJobTimesFromCommits ? request.History == 0 : request.Full);
        return pachd.Metadata.Jobs.List().Select(job => job.Value)
            .Where(job => request.Pipeline is null || job.Pipeline.Name == request.Pipeline.Name)
            .Where(job => output is null || job.OutputCommit.Id == output.Id)
            .Select(job => views.Find(job, full))
            .OfType<JobInfo>()
            .Where(job => inputs.TrueForAll(input => Reads(job, input)))
            .Where(job => specs is null || specs.Contains(job.SpecCommit.Id))
            .ToList();
    });

    /// <summary>Finishes the job's output commit without files. If workers run, they then end the job.</summary>
    public void Stop(Job? job)
    {
        var record = pachd.Metadata.InTransaction(() => pachd.Metadata.Jobs.Inspect(ServerCrash.IfNull(job).Id));
        finisher.Finish(new FinishCommitRequest { Commit = record.OutputCommit, Empty = true });
        if (pachd.Settings.RunsPipelines)
            SetState(new UpdateJobStateRequest { Job = record.Job, State = JobState.JobKilled });
    }

    public void Delete(Job? job) => pachd.Metadata.InTransaction(() =>
    {
        var id = ServerCrash.IfNull(job).Id;
        if (!pachd.Metadata.Jobs.Contains(id))
            throw new NotFoundError(traits.ShortensJobKeys ? $"{Keys} {id} not found" : $" {KeyRoot}{Keys}{id} not found");

        pachd.Metadata.Jobs.Delete(id);
    });

    public void DeleteOf(string pipeline) => pachd.Metadata.InTransaction(() =>
    {
        foreach (var (job, _) in pachd.Metadata.Jobs.List().Where(job => job.Value.Pipeline.Name == pipeline))
        {
            pachd.Metadata.Jobs.Delete(job.Job.Id);
        }
    });

    public void DeleteAll() => pachd.Metadata.InTransaction(pachd.Metadata.Jobs.DeleteAll);

    /// <summary>Changes the state of a job and the job counts of its pipeline.</summary>
    public void SetState(UpdateJobStateRequest request) => pachd.Metadata.InTransaction(() =>
        SetState(pachd.Metadata.Jobs.Get(ServerCrash.IfNull(request.Job).Id), request.State, request.Reason));

    /// <summary>Whether a state is final.</summary>
    public static bool IsOver(JobState state) => state is JobState.JobSuccess or JobState.JobFailure or JobState.JobKilled;

    /// <summary>The jobs that have not ended, by the ids of their output commits.</summary>
    public IReadOnlyDictionary<string, EtcdJobInfo> UnderWay() => pachd.Metadata.InTransaction(() =>
        pachd.Metadata.Jobs.List().Select(job => job.Value).Where(job => !IsOver(job.State))
            .DistinctBy(job => job.OutputCommit.Id).ToDictionary(job => job.OutputCommit.Id));

    private void SetState(EtcdJobInfo record, JobState state, string reason)
    {
        pachd.Metadata.Pipelines.Update(record.Pipeline.Name, pipeline => Count(pipeline, record.State, state));
        if (record.Started is null && state == JobState.JobStarting)
            record.Started = pachd.Now();
        else if (record.Finished is null && IsOver(state))
            record.Finished = pachd.Now();

        record.State = state;
        record.Reason = reason;
        pachd.Metadata.Jobs.Put(record.Job.Id, record);
    }

    private static void Count(EtcdPipelineInfo pipeline, JobState from, JobState to)
    {
        if (pipeline.JobCounts.TryGetValue((int)from, out var count) && count != 0)
            pipeline.JobCounts[(int)from] = count - 1;

        pipeline.JobCounts[(int)to] = pipeline.JobCounts.GetValueOrDefault((int)to) + 1;
        pipeline.LastJobState = to;
    }

    private EtcdJobInfo RecordOf(InspectJobRequest request) => (request.Job, request.OutputCommit) switch
    {
        (null, null) => throw new PachdError("must specify either a Job or an OutputCommit"),
        (not null, not null) => throw new PachdError("can't set both Job and OutputCommit"),
        ({ } job, null) => pachd.Metadata.Jobs.Inspect(job.Id),
        (null, { } commit) => JobOf(resolver.ResolveId(commit)) ?? throw new PachdError($"job with output commit {commit.Id} not found"),
    };

    private EtcdJobInfo? JobOf(Commit output) =>
        pachd.Metadata.Jobs.List().Select(job => job.Value).FirstOrDefault(job => job.OutputCommit.Id == output.Id);

    private static bool Reads(JobInfo job, Commit input) =>
        PipelineInputs.All(job.Input).Any(part => part.Pfs?.Commit == input.Id || part.Atom?.Commit == input.Id);
}
