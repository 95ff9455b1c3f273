using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>What the steps of one plan may know.</summary>
internal sealed record MigrationContext : IStepContext
{
    public required PlanPurpose Purpose { get; init; }

    public required ICluster Source { get; init; }

    public required ICluster Target { get; init; }

    public required bool CarriesObjects { get; init; }

    public string? ArchivePath { get; init; }

    public required Release TargetRelease { get; init; }

    public MigrationOptions Options { get; init; } = MigrationOptions.Default;

    public required MigrationRoute Route { get; init; }

    public required Survey Survey { get; init; }

    public required ImmutableArray<ICheck> Checks { get; init; }

    public ILogger Log { get; init; } = NullLogger.Instance;

    public bool IsInPlace => IsInPlaceOf(Purpose, Source, Target);

    /// <summary>A backup has no address that a cluster could take.</summary>
    public static bool IsInPlaceOf(PlanPurpose purpose, ICluster source, ICluster target) =>
        purpose.ReadsCluster() && source.Address.IsSameEndpoint(target.Address);
}
