using PachUp.Pachyderm.Inventories;

namespace PachUp.Verification.Records;

/// <summary>Changes which pipelines of an inventory run.</summary>
internal static class RunningPipelines
{
    /// <summary>The inventory with these pipelines running.</summary>
    public static ClusterInventory WithRunning(this ClusterInventory inventory, IReadOnlySet<string> names) => inventory with
    {
        Pipelines = [.. inventory.Pipelines.Select(pipeline => names.Contains(pipeline.Name) ? Running(pipeline) : pipeline)],
    };

    private static PipelineInventory Running(PipelineInventory pipeline)
    {
        var info = pipeline.Info.Clone();
        info.Stopped = false;
        return pipeline with { Stopped = false, Info = info };
    }
}
