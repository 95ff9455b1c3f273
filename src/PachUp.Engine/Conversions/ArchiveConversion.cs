using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Conversions;

/// <summary>A planned conversion. Nothing is written yet.</summary>
public sealed record ArchiveConversion
{
    /// <summary>The request.</summary>
    public required ConversionRequest Request { get; init; }

    /// <summary>The archive before the conversion.</summary>
    public required ArchiveReport Archive { get; init; }

    /// <summary>The cluster that the archive describes.</summary>
    public required ClusterInventory Source { get; init; }

    /// <summary>The results of all checks that work on an archive.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>What a target will hold after it restores the result, and how that differs from the source.</summary>
    public required ExpectedTarget ExpectedTarget { get; init; }

    /// <summary>Whether a check refused the conversion. Then nothing is written.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Result.Outcome == CheckOutcome.Refused);

    /// <summary>The route that converts the archive.</summary>
    public required MigrationRoute Route { get; init; }
}
