using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Verification.Comparing;

/// <summary>Reads what a place tells about a cluster.</summary>
/// <param name="progress">Receives what is being read; null for no receiver.</param>
internal sealed class PlaceReader(IProgress<StepProgress>? progress)
{
    /// <summary>Reads a place.</summary>
    /// <exception cref="FormatException">A file is not an inventory.</exception>
    /// <exception cref="ArchiveCorruptException">An archive cannot be read.</exception>
    public async Task<ComparedInventory> ReadAsync(ComparedPlace place, InventoryOptions options, CancellationToken cancellationToken) => place switch
    {
        ComparedPlace.Live live => await ReadAsync(live, options, cancellationToken),
        ComparedPlace.Archive archive => await ReadAsync(archive, cancellationToken),
        ComparedPlace.SavedInventory saved => new ComparedInventory(await InventoryFile.ReadAsync(saved.Path, cancellationToken)),
        _ => throw new InvalidOperationException($"{place} is not a place that can be read"),
    };

    private async Task<ComparedInventory> ReadAsync(ComparedPlace.Live place, InventoryOptions options, CancellationToken cancellationToken)
    {
        await using var client = PachdClient.Create(place.Address);
        var access = await client.FindObjectAccessAsync(cancellationToken);
        return new ComparedInventory(await InventoryReader.ReadAsync(client, options, progress.OfInventory(), cancellationToken)) { Access = access };
    }

    private async Task<ComparedInventory> ReadAsync(ComparedPlace.Archive place, CancellationToken cancellationToken)
    {
        var contents = await ArchiveContents.ReadAsync(place.Path, LatestOf, progress.OfFile("reading the archive", place.Path), cancellationToken);
        return new ComparedInventory(contents.Inventory) { IsArchive = true };
    }

    private static Release LatestOf(ReleaseLine line) => ReleaseCatalogue.BuiltIn.LatestOf(line)!.Release;
}
