using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Testing;

/// <summary>A context for checks that need only the inventory.</summary>
public sealed class InventoryContext(MigrationRoute route, ClusterInventory source, Release target) : IStepContext
{
    public PlanPurpose Purpose => PlanPurpose.Migration;

    public ICluster Source => throw new InvalidOperationException("these checks ask the inventory alone");

    public ICluster Target => throw new InvalidOperationException("these checks ask the inventory alone");

    public bool IsInPlace => false;

    public bool CarriesObjects { get; init; }

    public Release TargetRelease => target;

    public MigrationOptions Options { get; init; } = MigrationOptions.Default;

    public MigrationRoute Route => route;

    public Survey Survey => new() { Source = source, ExpectedTarget = Route.PredictTarget(source, target, Options) };

    public ImmutableArray<ICheck> Checks => Route.Checks;

    public ILogger Log => NullLogger.Instance;
}
