using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// Waits until the jobs of the pipelines that run have ended. Jobs of stopped and failed pipelines never end, nor do those of services and spouts:
/// they are not waited for.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="time">The time.</param>
/// <param name="progress">Told which jobs are waited for.</param>
internal sealed class JobWait(PachdClient client, TimeProvider time, IProgress<StepProgress> progress)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Waits.</summary>
    /// <param name="patience">When to give up.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="StepFailedException">Jobs have not ended by then.</exception>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (await FindAsync(cancellationToken) is [var first, ..] jobs)
        {
            var work = $"job {first.Job?.Id} of pipeline {first.Pipeline?.Name}: {JobProgress.Of(first)}";
            if (time.GetElapsedTime(started) >= patience)
            {
                throw new StepFailedException(
                    $"after {Words.Duration(patience)}, {Words.Count(jobs.Count, "job")} {(jobs.Count == 1 ? "has" : "have")} not ended: {work}",
                    "No pipeline was stopped. Resume the run when the jobs have ended, or make a plan that breaks them off: jobs: break-off.");
            }

            progress.Report(new StepProgress($"waiting for {Words.Count(jobs.Count, "job")}, {work}"));
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<JobInfo>> FindAsync(CancellationToken cancellationToken)
    {
        var working = (await client.ListPipelinesAsync(cancellationToken)).Where(CanEnd).Select(pipeline => pipeline.Pipeline.Name).ToHashSet();
        return [.. (await client.ListUnfinishedJobsAsync(cancellationToken)).Where(job => working.Contains(job.Pipeline?.Name ?? ""))];
    }

    private static bool CanEnd(PipelineInfo pipeline) =>
        pipeline is { Stopped: false, Service: null, Spout: null } && pipeline.State != PipelineState.PipelineFailure;
}
