using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>What the steps of one plan may know.</summary>
internal sealed record MigrationContext : IStepContext
{
    public required ICluster Source { get; init; }

    public required ICluster Target { get; init; }

    public required bool CarriesObjects { get; init; }

    public string? ArchivePath { get; init; }

    public required Release TargetRelease { get; init; }

    public required MigrationRoute Route { get; init; }

    public required Survey Survey { get; init; }

    public required ImmutableArray<ICheck> Checks { get; init; }

    public ILogger Log { get; init; } = NullLogger.Instance;

    public bool IsInPlace => Source.Address.IsSameEndpoint(Target.Address);
}
