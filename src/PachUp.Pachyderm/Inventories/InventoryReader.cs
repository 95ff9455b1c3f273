using PachUp.Pachyderm.Connections;

namespace PachUp.Pachyderm.Inventories;

/// <summary>Takes the inventory of a live cluster, by listings only.</summary>
public static class InventoryReader
{
    /// <summary>Reads the whole cluster.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="options">What to read beside the metadata.</param>
    /// <param name="progress">Told what is being read, now and then.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static Task<ClusterInventory> ReadAsync(
        PachdClient client, InventoryOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}

/// <summary>What an inventory holds beside the metadata.</summary>
public sealed record InventoryOptions
{
    /// <summary>Metadata alone.</summary>
    public static InventoryOptions MetadataOnly { get; } = new();

    /// <summary>Whether objects and tags are listed and counted.</summary>
    public bool CountObjects { get; init; }

    /// <summary>
    /// Whether one file of every finished branch head is read end to end: the smallest of those that lie first in the tree, so that the
    /// probing of a large cluster stays cheap.
    /// </summary>
    public bool ProbeFiles { get; init; }
}
