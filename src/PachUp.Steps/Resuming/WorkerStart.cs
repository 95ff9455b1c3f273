using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;
using PachUp.Steps.Pausing;

namespace PachUp.Steps.Resuming;

/// <summary>
/// Watches the workers of pipelines that were started, and names those that do not start. It waits only a short time: an image may take long to be pulled,
/// and nothing of the migration depends on it.
/// </summary>
internal static class WorkerStart
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // Pods seldom start sooner, and each look asks the platform several questions.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>Watches them, and reports troubles as progress.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="pipelines">The pipelines that were started.</param>
    /// <param name="client">Its pachd.</param>
    /// <param name="execution">The step.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the user has to know about workers that have not started; empty if all have, or the platform does not know.</returns>
    public static async Task<IReadOnlyList<string>> WatchAsync(
        ICluster cluster, IReadOnlyCollection<string> pipelines, PachdClient client, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (cluster.Platform is not IWorkerPlatform platform || pipelines.Count == 0)
        {
            return [];
        }

        // Until then, pachd has not asked for the workers.
        await PipelineSwitch.UntilStartedAsync(client, pipelines, LongestWait, execution, cancellationToken);
        var began = execution.Time.GetTimestamp();
        for (var pause = FirstPause; ; pause *= 2)
        {
            await Task.Delay(pause, execution.Time, cancellationToken);
            var state = await LookAsync(platform, cluster, cancellationToken);
            if (state.Waiting.IsEmpty || execution.Time.GetElapsedTime(began) > LongestWait)
            {
                return NotesOn(state);
            }

            execution.Progress.Report(new StepProgress(Describe(state)) { IsNews = true });
        }
    }

    /// <summary>
    /// The pipelines that have failed, each with the reason. From 1.9 on, pachd fails a pipeline and removes its workers if their image cannot be pulled, so
    /// that the platform has nothing to show any more.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindFailedAsync(
        IReadOnlyCollection<string> pipelines, PachdClient client, CancellationToken cancellationToken) =>
    [
        .. (await client.ListPipelinesAsync(cancellationToken))
            .Where(info => info.State == PipelineState.PipelineFailure && pipelines.Contains(info.Pipeline.Name))
            .OrderBy(info => info.Pipeline.Name, StringComparer.Ordinal)
            .Select(info => $"Pipeline \"{info.Pipeline.Name}\" has failed{(info.Reason.Length > 0 ? $": {info.Reason.TrimEnd('.')}" : "")}."),
    ];

    // The pipelines run whether or not the platform tells about their workers.
    private static async Task<WorkersState> LookAsync(IWorkerPlatform platform, ICluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            return await platform.LookAtWorkersAsync(cluster, cancellationToken);
        }
        catch (StepFailedException e)
        {
            return new WorkersState([], [$"whether workers start is not known: {e.Message}"]);
        }
    }

    private static string Describe(WorkersState state) => state.Troubles.IsEmpty
        ? $"waiting for the workers of {Words.FirstOf(state.Waiting)}"
        : $"workers do not start: {string.Join("; ", state.Troubles)}";

    private static ImmutableArray<string> NotesOn(WorkersState state) => state switch
    {
        { Troubles.IsEmpty: false } => [.. state.Troubles.Select(Words.AsSentence)],
        { Waiting.IsEmpty: false } => [$"The workers of {Words.FirstOf(state.Waiting)} have not started yet, without a known reason. \"pachup status\" shows them."],
        _ => [],
    };
}
