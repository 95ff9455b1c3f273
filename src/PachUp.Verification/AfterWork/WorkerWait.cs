using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Verification.AfterWork;

/// <summary>
/// Waits until the workers of the target have finished the output that will be compared. It does not wait for pipelines that do not run.
/// </summary>
/// <param name="client">The target.</param>
/// <param name="stoppedOnSource">The pipelines that were stopped on the source too.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Receives what is waited for.</param>
internal sealed class WorkerWait(PachdClient client, IReadOnlySet<string> stoppedOnSource, TimeProvider time, IProgress<StepProgress> progress)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Waits.</summary>
    /// <param name="matches">The commits to wait for.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The commits after the wait.</returns>
    public async Task<IReadOnlyList<OutputMatch>> WaitAsync(IReadOnlyList<OutputMatch> matches, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = ShortestPause; ; pause = Longer(pause))
        {
            matches = await RefreshAsync(matches, cancellationToken);
            var pending = matches.Where(match => match.IsWaitedFor).ToList();
            if (pending.Count == 0)
            {
                return matches;
            }

            var work = await DescribeAsync(pending, cancellationToken);
            if (time.GetElapsedTime(started) >= timeout)
            {
                return [.. matches.Select(match => match.IsWaitedFor ? GiveUp(match, timeout, work) : match)];
            }

            progress.Report(new StepProgress($"waiting for {work}", matches.Count - pending.Count, matches.Count, "output heads"));
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private static OutputMatch GiveUp(OutputMatch match, TimeSpan timeout, string work) =>
        match with { Obstacle = Obstacle.Open($"its workers have not finished it after {Words.Duration(timeout)} (waited for {work})") };

    private async Task<List<OutputMatch>> RefreshAsync(IReadOnlyList<OutputMatch> matches, CancellationToken cancellationToken)
    {
        var pipelines = (await client.ListPipelinesAsync(cancellationToken)).ToDictionary(pipeline => pipeline.Pipeline.Name);
        var refreshed = new List<OutputMatch>(matches.Count);
        foreach (var match in matches)
        {
            refreshed.Add(match.IsWaitedFor ? await RefreshAsync(match, pipelines.GetValueOrDefault(match.Head.Pipeline), cancellationToken) : match);
        }

        return refreshed;
    }

    private async Task<OutputMatch> RefreshAsync(OutputMatch match, PipelineInfo? pipeline, CancellationToken cancellationToken)
    {
        try
        {
            var commit = await client.InspectCommitAsync(match.Head.Pipeline, match.Commit!, cancellationToken);
            return commit.Finished is null
                ? match with { Obstacle = ObstacleOf(pipeline) }
                : match with { IsOpen = false, HasFiles = commit.Tree is not null || commit.Trees.Count > 0 };
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            // pachd replaces the open commits of a pipeline that is started or updated.
            return match with { Obstacle = Obstacle.Open($"commit {match.Commit} does not exist any more ({e.Detail}): verify again") };
        }
    }

    private Obstacle? ObstacleOf(PipelineInfo? pipeline) => pipeline switch
    {
        null => Obstacle.Open("the pipeline was deleted"),
        { Stopped: true } when stoppedOnSource.Contains(pipeline.Pipeline.Name) =>
            Obstacle.Harmless("the pipeline is stopped, as on the source: it computes nothing until you start it"),
        { Stopped: true } => Obstacle.Open("the pipeline is stopped, but ran on the source: start it, then verify again"),
        { State: PipelineState.PipelineFailure } => Obstacle.Open($"the pipeline has failed: {pipeline.Reason}"),
        _ => null,
    };

    /// <summary><c>pipeline edges: 12 of 40 datums</c>.</summary>
    private async Task<string> DescribeAsync(List<OutputMatch> pending, CancellationToken cancellationToken)
    {
        var first = pending.Find(match => match.Head.Kind == OutputKind.Files) ?? pending[0];
        var name = first.Head.Pipeline;
        var job = await client.ListJobsOfCommitAsync(name, first.Commit!, cancellationToken).FirstOrDefaultAsync(cancellationToken);
        return job is null ? $"pipeline {name}: no job yet" : $"pipeline {name}: {JobProgress.Of(job)}";
    }
}
