using PachUp.Common.Files;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Verification.Files;
using PachUp.Verification.Records;

namespace PachUp.Verification.Listings;

/// <summary>
/// The objects and tags of a cluster, saved in two files. Ten million objects take 160 MB on disk. Ten million tags of datums take 520 MB, because
/// their names are kept beside their keys. A comparison takes 16 bytes of memory for each object, and then for each tag, of the other cluster.
/// </summary>
/// <param name="objects">The file of the objects.</param>
/// <param name="tags">The file of the tags.</param>
public sealed class ObjectListing(string objects, string tags)
{
    private const string InventoryEnding = "inventory.json";

    /// <summary>The listing of the source in the directory of a run.</summary>
    public static ObjectListing OfRun(string runDirectory) =>
        new(Path.Combine(runDirectory, RecordFiles.SourceObjects), Path.Combine(runDirectory, RecordFiles.SourceTags));

    /// <summary>The listing of a cluster that a run or a backup keeps beside its inventory; null if there is none.</summary>
    /// <param name="inventory">The file of the inventory: the names of the three files begin in the same way.</param>
    public static ObjectListing? TryFindBeside(string inventory)
    {
        var start = inventory.EndsWith(InventoryEnding, StringComparison.Ordinal) ? inventory[..^InventoryEnding.Length] : $"{inventory}.";
        var listing = new ObjectListing($"{start}objects", $"{start}tags");
        return listing.Exists ? listing : null;
    }

    /// <summary>Whether the objects and tags were listed.</summary>
    public bool Exists => File.Exists(objects) && File.Exists(tags);

    /// <summary>Deletes the files.</summary>
    public void Delete()
    {
        PrivateFile.Delete(objects);
        PrivateFile.Delete(tags);
    }

    /// <summary>Lists the objects and tags of a cluster, and returns how many there are.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="except">The hashes of objects that do not count.</param>
    /// <param name="progress">Receives how many are listed.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public async Task<ListedCounts> SaveAsync(
        PachdClient client, IReadOnlySet<string> except, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var listed = client.ListObjectsAsync(cancellationToken).Where(hash => !except.Contains(hash)).Select(HashKey.OfObject);
        var named = client.ListTagsAsync(cancellationToken).Select(tag => new ListedItem(KeyOf(tag), tag.Tag));
        return new ListedCounts(
            await ListingFile.WriteObjectsAsync(objects, listed.Counting("listing objects", total: null, "objects", progress), cancellationToken),
            await ListingFile.WriteTagsAsync(tags, named.Counting("listing tags", total: null, "tags", progress), cancellationToken));
    }

    /// <summary>Counts how many of the objects and tags (with the same objects) a cluster has, and names those that it does not have.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="options">What is expected of the cluster.</param>
    /// <param name="progress">Receives how many are compared.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public async Task<ListingComparison> CompareAsync(
        PachdClient client, ListingOptions options, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var (savedObjects, savedTags) = (ListingFile.Open(objects), ListingFile.Open(tags));
        Func<string, UInt128> keyOfObject = savedObjects.HasObjectNames ? HashKey.OfObject : HashKey.Of;
        var listed = client.ListObjectsAsync(cancellationToken).Select(keyOfObject).Counting("comparing objects", options.Expected.Objects, "objects", progress);
        var comparedObjects = Compare(savedObjects.Read(), await listed.ToHashSetAsync(cancellationToken: cancellationToken), options.LostObjects);

        listed = client.ListTagsAsync(cancellationToken).Select(KeyOf).Counting("comparing tags", options.Expected.Tags, "tags", progress);
        var expectedTags = savedTags.Read().Where(tag => options.WithDatumTags || !IsOfDatum(tag.Key));
        return new ListingComparison(comparedObjects, Compare(expectedTags, await listed.ToHashSetAsync(cancellationToken: cancellationToken), options.LostTags));
    }

    private static ListedThings Compare(IEnumerable<ListedItem> expected, HashSet<UInt128> there, string? fileOfLost)
    {
        var (count, kept) = (0L, 0L);
        using var lost = new LostNames(fileOfLost);
        foreach (var item in expected)
        {
            count++;
            if (there.Contains(item.Key))
            {
                kept++;
            }
            else if (item.Name is { } name)
            {
                lost.Add(name);
            }
        }

        return new ListedThings(kept, count) { Lost = lost.First, FileOfLost = lost.File };
    }

    /// <summary>The key of a tag. Its last bit says whether the tag is that of a datum.</summary>
    private static UInt128 KeyOf((string Tag, string ObjectHash) tag)
    {
        var key = HashKey.Of($"{tag.Tag}\0{tag.ObjectHash}");
        return DatumTag.IsDatumTag(tag.Tag) ? key | UInt128.One : key & ~UInt128.One;
    }

    private static bool IsOfDatum(UInt128 key) => (key & UInt128.One) == UInt128.One;
}
