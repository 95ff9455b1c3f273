using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>One pipeline with its whole spec.</summary>
public sealed record PipelineInventory
{
    /// <summary>Its name, and that of its output repo.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is stopped: it holds its output back until it is started again.</summary>
    public bool Stopped { get; init; }

    /// <summary>What the server says of it, all fields. Do not change it: copy it first.</summary>
    public required PipelineInfo Info { get; init; }
}
