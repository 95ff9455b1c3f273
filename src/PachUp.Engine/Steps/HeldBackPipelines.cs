using PachUp.Engine.Runs;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Sdk.Rewriting;

namespace PachUp.Engine.Steps;

/// <summary>The pipelines that a run stops on the target until everything has arrived.</summary>
internal static class HeldBackPipelines
{
    public static IReadOnlyList<string> Read(IStepExecution execution) =>
        JsonFile.TryRead<List<string>>(Path.Combine(execution.RunDirectory, RunFiles.HeldBackPipelines)) ?? [];

    /// <summary>Says which pipelines are stopped, and which are held back.</summary>
    public static IEnumerable<Effect> Preview(ClusterInventory expected) =>
    [
        .. Stopped(expected).Select(name => new Effect("stop", $"pipeline {name}", "was stopped on the source; stopped before the first commit arrives")),
        .. Ticking(expected).Select(name => new Effect("hold back", $"pipeline {name}", "has a cron input; started when everything has arrived")),
    ];

    /// <summary>
    /// Stops what was stopped on the source, and holds back what would tick between the commits that arrive. From 1.9.6 on specs travel whole, so
    /// that pipelines that were paused for the extract arrive stopped: they stay so until the others start too.
    /// </summary>
    public static async Task HoldBackAsync(
        PachdClient client, ClusterInventory expected, TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken)
    {
        var ticking = Ticking(expected).ToList();
        var paused = (await client.ListPipelinesAsync(cancellationToken)).Where(info => info.Stopped).Select(info => info.Pipeline.Name);
        var heldBack = ticking.Union(paused.Intersect(Running(expected))).Order(StringComparer.Ordinal).ToList();
        JsonFile.Write(Path.Combine(execution.RunDirectory, RunFiles.HeldBackPipelines), heldBack);
        string[] toStop = [.. Stopped(expected).Union(ticking)];
        await PipelineSwitch.UntilStartedAsync(client, toStop, timeout, execution, cancellationToken);
        await PipelineSwitch.StopAsync(client, toStop, timeout, execution, cancellationToken);
    }

    private static IEnumerable<string> Stopped(ClusterInventory expected) =>
        expected.Pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Name);

    private static IEnumerable<string> Running(ClusterInventory expected) =>
        expected.Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name);

    private static IEnumerable<string> Ticking(ClusterInventory expected) =>
        expected.Pipelines.Where(pipeline => !pipeline.Stopped && PipelineInputs.HasCron(pipeline.Info)).Select(pipeline => pipeline.Name);
}
