using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Conversions;

/// <summary>A conversion that was thought through and not yet carried out.</summary>
public sealed record ArchiveConversion
{
    /// <summary>What was asked for.</summary>
    public required ConversionRequest Request { get; init; }

    /// <summary>The archive as it is.</summary>
    public required ArchiveReport Archive { get; init; }

    /// <summary>The cluster that it describes.</summary>
    public required ClusterInventory Source { get; init; }

    /// <summary>The answers to all checks that can be asked of a file.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>What a target will hold that restores the result, and how that differs from the source.</summary>
    public required Foresight Foresight { get; init; }

    /// <summary>Whether a check refused: then nothing is written.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Result.Outcome == CheckOutcome.Refused);

    /// <summary>The way that it goes.</summary>
    public required MigrationRoute Route { get; init; }
}
