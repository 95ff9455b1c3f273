using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Planning;

/// <summary>A route from 1.8 to 1.9 that changes nothing, but can announce changes.</summary>
internal sealed class StandInRoute : MigrationRoute
{
    public override ReleaseLine From => new(1, 8);

    public override ReleaseLine To => new(1, 9);

    public override Release AtLeast => new(1, 8, 7);

    public override ImmutableArray<ICheck> Checks => OwnChecks;

    /// <summary>The checks of this route.</summary>
    public ImmutableArray<ICheck> OwnChecks { get; init; } = [];

    /// <summary>The announced changes.</summary>
    public ImmutableArray<AnnouncedChange> Changes { get; init; } = [];

    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options) => new() { Inventory = source, Changes = Changes };

    public override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) => throw new NotSupportedException();
}
