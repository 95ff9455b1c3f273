using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Rehearsals;

/// <summary>
/// The clusters of a rehearsal: a source with the metadata of the real source, and an empty target. In a plan of one cluster they are the same
/// cluster.
/// </summary>
public interface IRehearsalClusters : IAsyncDisposable
{
    /// <summary>The source of the rehearsal.</summary>
    StandIn Source { get; }

    /// <summary>The target of the rehearsal. It can read the objects of the source. In a plan of one cluster it is the cluster after the upgrade.</summary>
    StandIn Target { get; }

    /// <summary>The platform of both clusters.</summary>
    IPlatform Platform { get; }

    /// <summary>The item that the target refused, or that crashed it; null if the target accepted everything.</summary>
    TargetRefusal? Refusal { get; }

    /// <summary>Loads the metadata of a real cluster into the source.</summary>
    /// <param name="inventory">The metadata.</param>
    /// <param name="completesSpecs">Whether unset pipeline fields get the default values of the release, and a salt.</param>
    void Fill(ClusterInventory inventory, bool completesSpecs);
}

/// <summary>A sandbox cluster that replaces a real one.</summary>
/// <param name="Address">The address.</param>
/// <param name="Release">The release whose behaviour it has. It reports the release of the real cluster.</param>
public sealed record StandIn(string Address, Release Release);

/// <summary>An item that the target refuses.</summary>
/// <param name="Item">The item: <c>commit images@2c98512a3d144ab29323823975c4bf7e</c>.</param>
/// <param name="Message">The message of the server.</param>
public sealed record TargetRefusal(string Item, string Message);
