using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>
/// Does the work of a pipeline's workers for one output commit: creates a job, processes its datums, and finishes the commit. Each step is stored before
/// the next one begins, so an interrupted job can continue.
/// </summary>
internal sealed class JobRunner(Pachd pachd, Jobs jobs, JobViews views, DatumSource source, JobOutput results, CommitFinisher finisher)
{
    /// <summary>Runs the job of an output commit to its end.</summary>
    /// <param name="output">The commit, whose inputs are finished.</param>
    /// <param name="job">Its job; null if it has none yet.</param>
    public void Run(OutputCommit output, EtcdJobInfo? job)
    {
        var id = job?.Job ?? CreateJob(output);
        try
        {
            var ending = FailedInputs(output.Info) is { Length: > 0 } failed
                ? JobEnd.WithoutFiles(output, JobState.JobFailure, $"inputs {failed} failed")
                : Work(output, id);
            End(output, id, ending);
        }
        catch (PachdError e)
        {
            End(output, id, JobEnd.WithoutFiles(output, JobState.JobFailure, e.Message));
        }
    }

    /// <summary>Runs a service on the newest commit. Its job goes on until there is a newer commit.</summary>
    /// <param name="output">The commit.</param>
    /// <param name="job">Its job; null if it has none yet.</param>
    /// <param name="isNewest">Whether there is no newer commit.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Serve(OutputCommit output, EtcdJobInfo? job, bool isNewest)
    {
        if (isNewest && job is { State: JobState.JobRunning })
            return false;

        var id = job?.Job ?? CreateJob(output);
        if (isNewest)
            SetState(id, JobState.JobRunning);
        else
            End(output, id, JobEnd.WithoutFiles(output, JobState.JobSuccess));

        return true;
    }

    private Job CreateJob(OutputCommit output) => jobs.Create(new CreateJobRequest
    {
        Pipeline = output.Pipeline.Pipeline,
        OutputCommit = output.Info.Commit,
        StatsCommit = output.Stats,
    });

    private JobEnd Work(OutputCommit output, Job id)
    {
        var (pipeline, commit) = (output.Pipeline, output.Info.Commit);
        var datums = Begin(id);
        var outcome = datums.Select(datum => Process(datum, datum.TagFor(pipeline.Pipeline.Name, pipeline.Salt))).ToList();
        Count(id, outcome);
        var finishStats = output.Stats is { } stats ? results.FinishStatsRequest(stats, id, outcome) : null;
        if (outcome.FindLast(datum => datum.Failure is not null) is { } failed)
            return JobEnd.WithoutFiles(output, JobState.JobFailure, $"failed to process datum: {failed.Id}") with { Stats = finishStats };

        return new JobEnd(JobState.JobSuccess, results.FinishRequest(commit, [.. outcome.Select(datum => datum.Tag)], pipeline.HashtreeSpec), finishStats);
    }

    private IReadOnlyList<JobDatum> Begin(Job id) => pachd.Metadata.InTransaction(() =>
    {
        var datums = source.Of(views.Of(pachd.Metadata.Jobs.Get(id.Id), full: true).Input);
        pachd.Metadata.Jobs.Update(id.Id, record => record.DataTotal = datums.Count);
        SetState(id, JobState.JobRunning);
        return datums;
    });

    private DatumResult Process(JobDatum datum, string tag)
    {
        if (results.HasResults(tag))
            return new DatumResult(datum.Id, tag, IsSkipped: true, new ProcessStats());

        try
        {
            results.Process(datum, tag);
            return new DatumResult(datum.Id, tag, IsSkipped: false, new ProcessStats { DownloadBytes = (ulong)datum.Size, UploadBytes = (ulong)datum.Size });
        }
        catch (PachdError e)
        {
            return new DatumResult(datum.Id, tag, IsSkipped: false, new ProcessStats(), e.Message);
        }
    }

    private void Count(Job id, List<DatumResult> outcome) => pachd.Metadata.InTransaction(() => pachd.Metadata.Jobs.Update(id.Id, record =>
    {
        record.DataSkipped = outcome.Count(datum => datum.IsSkipped);
        record.DataFailed = outcome.Count(datum => datum.Failure is not null);
        record.DataProcessed = outcome.Count - record.DataSkipped - record.DataFailed;
        record.Stats = new ProcessStats
        {
            DownloadBytes = (ulong)outcome.Sum(datum => (long)datum.Stats.DownloadBytes),
            UploadBytes = (ulong)outcome.Sum(datum => (long)datum.Stats.UploadBytes),
        };
    }));

    /// <summary>Finishes the commits and the job in one transaction, so that a client that waits for one of them sees all of them finished.</summary>
    private void End(OutputCommit output, Job id, JobEnd ending) => pachd.Metadata.InTransaction(() =>
    {
        // A client stopped the job or deleted its commit meanwhile.
        if (!pachd.Metadata.OpenCommits.Contains(output.Id))
            return;

        finisher.Finish(ending.Output);
        if (ending.Stats is not null)
            finisher.Finish(ending.Stats);

        SetState(id, ending.State, ending.Reason);
    });

    private void SetState(Job id, JobState state, string reason = "")
    {
        if (pachd.Metadata.InTransaction(() => pachd.Metadata.Jobs.Contains(id.Id)))
            jobs.SetState(new UpdateJobStateRequest { Job = id, State = state, Reason = reason });
    }

    /// <summary>The inputs whose jobs failed: their commits were finished without files.</summary>
    private string FailedInputs(CommitInfo output) => pachd.Metadata.InTransaction(() => string.Join(", ",
        from entry in output.ProvenanceByBranch()
        where entry.Branch.Repo.Name != Refs.SpecRepo
        let input = pachd.Metadata.Commits(entry.Commit.Repo.Name).Find(entry.Commit.Id)
        where input is { Tree: null, Trees.Count: 0 }
        select entry.Branch.Repo.Name));
}
