using PachUp.Common.Files;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Steps.Restoring;

/// <summary>
/// The pipelines that a restore does not create but leaves to the resume step, because pachd makes cron ticks as soon as it creates a pipeline.
/// Streams of 1.9.6 and later contain the specs of pipelines as commits, and these pipelines arrive stopped, so there are none.
/// </summary>
internal static class PipelinesAtResume
{
    public static IReadOnlyList<string> Read(IStepExecution execution) =>
        JsonFile.TryRead<List<string>>(Path.Combine(execution.RunDirectory, RecordFiles.PipelinesAtResume)) ?? [];

    /// <summary>Describes which pipelines these are.</summary>
    public static IEnumerable<Effect> Preview(ClusterInventory source, ClusterInventory expected) => NamesOf(source, expected)
        .Select(name => new Effect("leave to resume", $"pipeline {name}", "has a cron input; the resume step creates it, so that no tick happens earlier"));

    /// <summary>Records which pipelines these are, and removes them from the stream.</summary>
    public static Func<CancellationToken, IAsyncEnumerable<Operation>> LeaveOut(
        Func<CancellationToken, IAsyncEnumerable<Operation>> open, ClusterInventory source, ClusterInventory expected, IStepExecution execution)
    {
        var names = NamesOf(source, expected).ToHashSet(StringComparer.Ordinal);
        JsonFile.Write(Path.Combine(execution.RunDirectory, RecordFiles.PipelinesAtResume), names.Order(StringComparer.Ordinal).ToList());
        return names.Count == 0
            ? open
            : token => open(token).Where(operation => operation.Kind != OperationKind.Pipeline || !names.Contains(operation.AsPipeline().Pipeline.Name));
    }

    /// <summary>The pipelines that will run on the target and have a cron input.</summary>
    public static IEnumerable<string> NamesOf(ClusterInventory source, ClusterInventory expected) => ReleaseTraits.Of(source.Release).ExtractsOutputs
        ? []
        : expected.Pipelines.Where(CronPipelines.ComesLast).Select(pipeline => pipeline.Name);
}
