using PachUp.Common.Files;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;
using PachUp.Steps.Pausing;
using PachUp.Verification.Records;

namespace PachUp.Steps.Restoring;

/// <summary>The pipelines that a run keeps stopped on the target until everything has arrived.</summary>
internal static class HeldBackPipelines
{
    public static IReadOnlyList<string> Read(IStepExecution execution) =>
        JsonFile.TryRead<List<string>>(Path.Combine(execution.RunDirectory, RecordFiles.HeldBackPipelines)) ?? [];

    /// <summary>Describes which pipelines are stopped, and which are created later.</summary>
    public static IEnumerable<Effect> Preview(IStepContext context) => Preview(context.Survey.Source, context.Survey.ExpectedTarget.Inventory);

    private static IEnumerable<Effect> Preview(ClusterInventory source, ClusterInventory expected) =>
    [
        .. Stopped(expected).Select(name => new Effect("stop", $"pipeline {name}", "is stopped on the source; PachUp stops it before the first commit arrives")),
        .. PipelinesAtResume.Preview(source, expected),
    ];

    /// <summary>
    /// Stops the pipelines that were stopped on the source. From 1.9.6 on specs are carried complete, so pipelines that were paused for the extract
    /// arrive stopped. They stay stopped until the resume step, as do pipelines with cron inputs.
    /// </summary>
    public static async Task HoldBackAsync(
        PachdClient client, ClusterInventory expected, TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken)
    {
        var there = await client.ListPipelinesAsync(cancellationToken);
        var ticking = Ticking(expected).Intersect(there.Select(info => info.Pipeline.Name)).ToList();
        var paused = there.Where(info => info.Stopped).Select(info => info.Pipeline.Name);
        var heldBack = Read(execution).Union(ticking).Union(paused.Intersect(Running(expected))).Order(StringComparer.Ordinal).ToList();
        JsonFile.Write(Path.Combine(execution.RunDirectory, RecordFiles.HeldBackPipelines), heldBack);
        string[] toStop = [.. Stopped(expected).Union(ticking)];
        await PipelineSwitch.UntilStartedAsync(client, toStop, timeout, execution, cancellationToken);
        await PipelineSwitch.StopAsync(client, toStop, timeout, execution, cancellationToken);
    }

    private static IEnumerable<string> Stopped(ClusterInventory expected) =>
        expected.Pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Name);

    private static IEnumerable<string> Running(ClusterInventory expected) =>
        expected.Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name);

    private static IEnumerable<string> Ticking(ClusterInventory expected) =>
        expected.Pipelines.Where(CronPipelines.ComesLast).Select(pipeline => pipeline.Name);
}
