using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Pps;

/// <summary>Jobs: one for each output commit that a worker is to make.</summary>
internal sealed class Jobs(Pachd pachd)
{
    /// <summary>Makes a job for an output commit.</summary>
    public Job Create(CreateJobRequest request)
    {
        var job = new Job { Id = Ids.New() };
        var record = new EtcdJobInfo
        {
            Job = job,
            Pipeline = ServerCrash.Unless(request.Pipeline),
            OutputCommit = request.OutputCommit,
            Restart = request.Restart,
            DataProcessed = request.DataProcessed,
            DataSkipped = request.DataSkipped,
            DataTotal = request.DataTotal,
            DataFailed = request.DataFailed,
            DataRecovered = request.DataRecovered,
            Stats = request.Stats,
            StatsCommit = request.StatsCommit,
            State = request.State,
            Reason = request.Reason,
            Started = request.Started ?? pachd.Now(),
            Finished = request.Finished,
        };
        pachd.Metadata.Do(() => pachd.Metadata.Jobs.Create(job.Id, record));
        return job;
    }
}
