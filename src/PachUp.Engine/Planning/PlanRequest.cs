using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Engine.State;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>What a preview is made from.</summary>
public sealed record PlanRequest
{
    /// <summary>The plan.</summary>
    public required PlanDocument Document { get; init; }

    /// <summary>The steps, checks, routes and platforms that there are.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>Finds addresses that neither the plan nor the command line gives.</summary>
    public required AddressResolver Addresses { get; init; }

    /// <summary>The releases that are known.</summary>
    public ReleaseCatalogue Releases { get; init; } = ReleaseCatalogue.BuiltIn;

    /// <summary>A platform that takes the place of the plan's own, for both clusters; null for none. The sandbox uses it.</summary>
    public IPlatform? Platform { get; init; }

    /// <summary>Where runs are kept.</summary>
    public string StatePath { get; init; } = StateDirectory.DefaultPath;

    /// <summary>Whether another machine carries the plan out: what is asked about a machine is asked there and not here.</summary>
    public bool IsCarriedOutElsewhere { get; init; }

    /// <summary>A way to the peer port of the source that its own platform offers, where <see cref="Platform"/> takes the place of that; null for none.</summary>
    internal PeerOffer? SourcePeer { get; init; }

    /// <summary>How the inventory of the source is taken; null for by listing its metadata.</summary>
    internal Func<PachdClient, CancellationToken, Task<ClusterInventory>>? TakeInventory { get; init; }

    /// <summary>Told what is being looked at, now and then; null for nobody.</summary>
    public IProgress<string>? Progress { get; init; }
}
