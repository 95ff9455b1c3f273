using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Engine.State;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>The inputs of a preview.</summary>
public sealed record PlanRequest
{
    /// <summary>The plan.</summary>
    public required PlanDocument Document { get; init; }

    /// <summary>The available steps, checks, routes and platforms.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>Finds the addresses that neither the plan nor the command line gives.</summary>
    public required AddressResolver Addresses { get; init; }

    /// <summary>The known releases.</summary>
    public ReleaseCatalogue Releases { get; init; } = ReleaseCatalogue.BuiltIn;

    /// <summary>A platform that replaces the plan's platforms, for both clusters; null for none. The sandbox uses it.</summary>
    public IPlatform? Platform { get; init; }

    /// <summary>The state directory.</summary>
    public string StatePath { get; init; } = StateDirectory.DefaultPath;

    /// <summary>Whether a plan that replaces the source is refused, unless the plan or the command line says that it is in place.</summary>
    public bool NeedsInPlaceSaid { get; init; }

    /// <summary>Whether another machine carries out the plan. Then the checks of a machine run there and not here.</summary>
    public bool IsCarriedOutElsewhere { get; init; }

    /// <summary>The peer port of the source that its own platform offers, when <see cref="Platform"/> replaces that platform; null for none.</summary>
    internal PeerOffer? SourcePeer { get; init; }

    /// <summary>Reads the inventory of the source; null to list the metadata of the source.</summary>
    internal Func<PachdClient, CancellationToken, Task<ClusterInventory>>? TakeInventory { get; init; }

    /// <summary>Finds what other runs have left on the clusters; null to look for nothing.</summary>
    public IUnfinishedRuns? UnfinishedRuns { get; init; }

    /// <summary>Receives what is being read; null for no receiver.</summary>
    public IProgress<StepProgress>? Progress { get; init; }
}
