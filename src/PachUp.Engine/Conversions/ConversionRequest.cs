using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;

namespace PachUp.Engine.Conversions;

/// <summary>What is to be converted, and into what.</summary>
public sealed record ConversionRequest
{
    /// <summary>The archive.</summary>
    public required string Archive { get; init; }

    /// <summary>The release that the result is for.</summary>
    public required Release Target { get; init; }

    /// <summary>The file to write.</summary>
    public required string Output { get; init; }

    /// <summary>The cluster that the archive came from, to fill in fields of pipelines that the extract leaves out; null for none.</summary>
    public PachdClient? PipelinesFrom { get; init; }

    /// <summary>A saved inventory of the cluster that the archive came from, which has all that the extract leaves out; null for none.</summary>
    public string? Inventory { get; init; }
}
