using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Reports;

/// <summary>The pipelines of a target.</summary>
/// <param name="Running">Those that run.</param>
/// <param name="Stopped">Those that are stopped, as they were on the source.</param>
public sealed record PipelinesOverview(ImmutableArray<string> Running, ImmutableArray<string> Stopped)
{
    internal static PipelinesOverview? TryRead(RunDirectory run)
    {
        var path = run.File(RecordFiles.Target);
        if (!File.Exists(path))
        {
            return null;
        }

        // The run keeps some pipelines stopped until its last step. They were stopped during the verification, but run at the end.
        var heldBack = RunReport.NamesIn(run, RecordFiles.HeldBackPipelines);
        var pipelines = InventoryFile.Deserialize(ReadFile.Text(path)).Pipelines.ToLookup(
            pipeline => pipeline.Stopped && !heldBack.Contains(pipeline.Name), pipeline => pipeline.Name);
        var later = RunReport.NamesIn(run, RecordFiles.PipelinesAtResume);
        return new PipelinesOverview([.. pipelines[false].Union(later).Order(StringComparer.Ordinal)], [.. pipelines[true]]);
    }
}
