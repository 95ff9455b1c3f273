using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>The context of the steps and checks of one plan.</summary>
internal sealed record MigrationContext : IStepContext
{
    public required PlanPurpose Purpose { get; init; }

    public required ICluster Source { get; init; }

    public required ICluster Target { get; init; }

    public required bool CarriesObjects { get; init; }

    public bool CopiesBucket { get; init; }

    public string? ArchivePath { get; init; }

    public required Release TargetRelease { get; init; }

    public MigrationOptions Options { get; init; } = MigrationOptions.Default;

    public required MigrationRoute Route { get; init; }

    public required Survey Survey { get; init; }

    public required ImmutableArray<ICheck> Checks { get; init; }

    public ILogger Log { get; init; } = NullLogger.Instance;

    public bool IsInPlace => IsInPlaceOf(Purpose, Source, Target);

    /// <summary>Whether the target takes the address of the source. A backup has no address, so a restore is never in place.</summary>
    public static bool IsInPlaceOf(PlanPurpose purpose, ICluster source, ICluster target) =>
        purpose.ReadsCluster() && source.Address.IsSameEndpoint(target.Address);
}
