using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;

namespace PachUp.Engine.Conversions;

/// <summary>Which archive to convert, and for which release.</summary>
public sealed record ConversionRequest
{
    /// <summary>The path of the archive.</summary>
    public required string Archive { get; init; }

    /// <summary>The release that the result is for.</summary>
    public required Release Target { get; init; }

    /// <summary>The path of the file to write.</summary>
    public required string Output { get; init; }

    /// <summary>The cluster that the archive came from. It supplies the pipeline fields that the extract leaves out; null for none.</summary>
    public PachdClient? PipelinesFrom { get; init; }

    /// <summary>The path of a saved inventory of the cluster that the archive came from. It has everything that the extract leaves out; null for none.</summary>
    public string? Inventory { get; init; }
}
