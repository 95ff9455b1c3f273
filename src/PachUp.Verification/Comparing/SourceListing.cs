using PachUp.Common.Files;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Listings;

namespace PachUp.Verification.Comparing;

/// <summary>The objects and tags of the source of a comparison, in temporary files if they are listed now.</summary>
internal sealed class SourceListing : IDisposable
{
    private readonly DirectoryInfo? _folder;

    private SourceListing(DirectoryInfo? folder, ObjectListing? listing, ListedCounts counts) => (_folder, Listing, Counts) = (folder, listing, counts);

    /// <summary>The listing; null if the source does not tell its objects one by one.</summary>
    public ObjectListing? Listing { get; }

    /// <summary>How many objects and tags the source has, as far as it tells.</summary>
    public ListedCounts Counts { get; }

    /// <summary>An inventory of the source with these numbers.</summary>
    public ClusterInventory AddTo(ClusterInventory inventory) => inventory with { Objects = Counts.Objects, Tags = Counts.Tags };

    /// <summary>Lists a cluster that answers, and finds the listing beside a saved inventory.</summary>
    /// <param name="place">The source.</param>
    /// <param name="source">What it tells.</param>
    /// <param name="stopped">The pipelines that a run has stopped: the objects of their changed specs do not count.</param>
    /// <param name="progress">Receives how many are listed; null for no receiver.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public static async Task<SourceListing> OfAsync(
        ComparedPlace place, ComparedInventory source, IReadOnlyList<string> stopped, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var known = new ListedCounts(source.Inventory.Objects, source.Inventory.Tags);
        if (place is ComparedPlace.SavedInventory saved)
        {
            return new SourceListing(folder: null, ObjectListing.TryFindBeside(saved.Path), known);
        }

        return place is ComparedPlace.Live live && source.Access is { IsThere: true }
            ? await ListAsync(live.Address, stopped, progress, cancellationToken)
            : new SourceListing(folder: null, listing: null, known);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is not null)
        {
            TryRemove.Directory(_folder.FullName);
        }
    }

    private static async Task<SourceListing> ListAsync(
        ClusterAddress address, IReadOnlyList<string> stopped, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var folder = PrivateDirectory.CreateTemporary("pachup-objects-");
        try
        {
            await using var client = PachdClient.Create(address);
            var listing = ObjectListing.OfRun(folder.FullName);
            var stopSpecs = await StoppedPipelineSpecs.ObjectsOfAsync(client, stopped, cancellationToken);
            return new SourceListing(folder, listing, await listing.SaveAsync(client, stopSpecs, progress, cancellationToken));
        }
        catch
        {
            TryRemove.Directory(folder.FullName);
            throw;
        }
    }
}
