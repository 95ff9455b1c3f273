using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// Waits until the jobs of the running pipelines have ended. It does not wait for jobs of stopped and failed pipelines, services and spouts, because
/// they never end.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Receives the jobs that are waited for.</param>
internal sealed class JobWait(PachdClient client, TimeProvider time, IProgress<StepProgress> progress)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Waits.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="StepFailedException">Jobs have not ended in this time.</exception>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (await FindAsync(cancellationToken) is [var first, ..] jobs)
        {
            var work = $"job {first.Job?.Id} of pipeline {first.Pipeline?.Name}: {JobProgress.Of(first)}";
            if (time.GetElapsedTime(started) >= timeout)
            {
                throw new StepFailedException(
                    $"after {Words.Duration(timeout)}, {Words.Count(jobs.Count, "job")} {(jobs.Count == 1 ? "has" : "have")} not ended: {work}",
                    "No pipeline was stopped. Resume the run when the jobs have ended, or make a plan that kills them: jobs: break-off.");
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
