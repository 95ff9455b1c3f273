using PachUp.Common.Files;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Steps.Restoring;

/// <summary>
/// The pipelines that a restore leaves to the step that resumes, because pachd makes ticks as soon as it creates them. Streams from 1.9.6 on have
/// the specs of pipelines as commits, and their pipelines arrive stopped, so none is left there.
/// </summary>
internal static class PipelinesAtResume
{
    public static IReadOnlyList<string> Read(IStepExecution execution) =>
        JsonFile.TryRead<List<string>>(Path.Combine(execution.RunDirectory, RecordFiles.PipelinesAtResume)) ?? [];

    /// <summary>Says which they are.</summary>
    public static IEnumerable<Effect> Preview(ClusterInventory source, ClusterInventory expected) => NamesOf(source, expected)
        .Select(name => new Effect("leave to resume", $"pipeline {name}", "has a cron input; created by the step that resumes, so that no tick comes before"));

    /// <summary>Writes down which they are, and takes them out of the stream.</summary>
    public static Func<CancellationToken, IAsyncEnumerable<Operation>> LeaveOut(
        Func<CancellationToken, IAsyncEnumerable<Operation>> open, ClusterInventory source, ClusterInventory expected, IStepExecution execution)
    {
        var names = NamesOf(source, expected).ToHashSet(StringComparer.Ordinal);
        JsonFile.Write(Path.Combine(execution.RunDirectory, RecordFiles.PipelinesAtResume), names.Order(StringComparer.Ordinal).ToList());
        return names.Count == 0
            ? open
            : token => open(token).Where(operation => operation.Kind != OperationKind.Pipeline || !names.Contains(operation.AsPipeline().Pipeline.Name));
    }

    /// <summary>Those that are to run in the target and have a cron input.</summary>
    public static IEnumerable<string> NamesOf(ClusterInventory source, ClusterInventory expected) => ReleaseTraits.Of(source.Release).ExtractsOutputs
        ? []
        : expected.Pipelines.Where(CronPipelines.ComesLast).Select(pipeline => pipeline.Name);
}
