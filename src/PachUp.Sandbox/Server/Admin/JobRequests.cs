using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Metadata;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>Turns jobs into the requests that create them anew.</summary>
internal static class JobRequests
{
    /// <summary>The jobs of a pipeline, newest first.</summary>
    public static IReadOnlyList<CreateJobRequest> Of(MetadataStore metadata, Pipeline pipeline) =>
        [.. metadata.Jobs.List().Select(job => job.Value).Where(job => job.Pipeline.Equals(pipeline)).Select(Of)];

    private static CreateJobRequest Of(EtcdJobInfo job) => new()
    {
        Pipeline = job.Pipeline,
        OutputCommit = job.OutputCommit,
        Restart = job.Restart,
        DataProcessed = job.DataProcessed,
        DataSkipped = job.DataSkipped,
        DataTotal = job.DataTotal,
        DataFailed = job.DataFailed,
        DataRecovered = job.DataRecovered,
        Stats = job.Stats,
        StatsCommit = job.StatsCommit,
        State = job.State,
        Reason = job.Reason,
        Started = job.Started,
        Finished = job.Finished,
    };
}
