using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>A pipeline with its whole spec.</summary>
public sealed record PipelineInventory
{
    /// <summary>The name of the pipeline and of its output repo.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is stopped: it computes nothing until it is started again.</summary>
    public bool Stopped { get; init; }

    /// <summary>The message of the server with all fields. Do not change it; copy it first.</summary>
    public required PipelineInfo Info { get; init; }
}
