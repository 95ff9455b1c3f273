using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Rehearsals;

/// <summary>
/// Clusters that stand in for the real ones: one that is filled with the metadata of the source, and an empty target; in a plan of one cluster
/// both are the same.
/// </summary>
public interface IRehearsalStage : IAsyncDisposable
{
    /// <summary>The source of the rehearsal.</summary>
    StandIn Source { get; }

    /// <summary>The target of the rehearsal. It finds the objects of the source. In a plan of one cluster: what that becomes.</summary>
    StandIn Target { get; }

    /// <summary>How both are deployed.</summary>
    IPlatform Platform { get; }

    /// <summary>What the target refused, or died of; null where it took everything.</summary>
    TargetRefusal? Refusal { get; }

    /// <summary>Makes the source hold what a real cluster listed.</summary>
    /// <param name="inventory">What it listed.</param>
    /// <param name="completesSpecs">Whether fields of pipelines that are unset get the defaults of the release, and a salt.</param>
    void Fill(ClusterInventory inventory, bool completesSpecs);
}

/// <summary>A cluster in the place of a real one.</summary>
/// <param name="Address">Where it answers.</param>
/// <param name="Release">The release that it behaves as. It says that it is the real one's.</param>
public sealed record StandIn(string Address, Release Release);

/// <summary>Something that the target does not take.</summary>
/// <param name="Item">What it is: <c>commit images@2c98512a3d144ab29323823975c4bf7e</c>.</param>
/// <param name="Message">What the server says.</param>
public sealed record TargetRefusal(string Item, string Message);
