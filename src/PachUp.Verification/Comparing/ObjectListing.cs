using PachUp.Common.Files;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Verification.Files;

namespace PachUp.Verification.Comparing;

/// <summary>
/// The objects and tags of a cluster, saved in a file with a key of 16 bytes each: for ten million objects it takes 160 MB on disk, and as much
/// memory while it is compared. A key is the start of a SHA-512 hash, so in practice two things never share one.
/// </summary>
public static class ObjectListing
{
    /// <summary>Lists the objects of a cluster into a file and returns their number.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="path">The file.</param>
    /// <param name="except">The hashes of objects that do not count.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public static Task<long> SaveObjectsAsync(PachdClient client, string path, IReadOnlySet<string> except, CancellationToken cancellationToken) =>
        SaveAsync(client.ListObjectsAsync(cancellationToken).Where(hash => !except.Contains(hash)).Select(HashKey.Of), path, cancellationToken);

    /// <summary>Lists the tags of a cluster into a file and returns their number.</summary>
    public static Task<long> SaveTagsAsync(PachdClient client, string path, CancellationToken cancellationToken) =>
        SaveAsync(client.ListTagsAsync(cancellationToken).Select(TagKey), path, cancellationToken);

    /// <summary>Counts how many of the objects in a file a cluster has.</summary>
    public static async Task<ListingComparison> CompareObjectsAsync(PachdClient client, string path, CancellationToken cancellationToken) =>
        Compare(path, await client.ListObjectsAsync(cancellationToken).Select(HashKey.Of).ToHashSetAsync(cancellationToken: cancellationToken));

    /// <summary>Counts how many of the tags in a file a cluster has with the same objects.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="path">The file.</param>
    /// <param name="withDatums">Whether the tags of datums are expected too.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public static async Task<ListingComparison> CompareTagsAsync(PachdClient client, string path, bool withDatums, CancellationToken cancellationToken) => Compare(
        path,
        await client.ListTagsAsync(cancellationToken).Select(TagKey).ToHashSetAsync(cancellationToken: cancellationToken),
        key => withDatums || !IsKeyOfDatum(key));

    private static async Task<long> SaveAsync(IAsyncEnumerable<UInt128> keys, string path, CancellationToken cancellationToken)
    {
        var count = 0L;
        await using var file = new BufferedStream(PrivateFile.Open(path, FileMode.Create));
        var bytes = new byte[HashKey.Bytes];
        await foreach (var key in keys.WithCancellation(cancellationToken))
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
            file.Write(bytes);
            count++;
        }

        return count;
    }

    private static ListingComparison Compare(string path, HashSet<UInt128> there, Func<UInt128, bool>? isWanted = null)
    {
        using var file = new BufferedStream(File.OpenRead(path));
        var bytes = new byte[HashKey.Bytes];
        long expected = 0, kept = 0;
        while (file.ReadAtLeast(bytes, HashKey.Bytes, throwOnEndOfStream: false) == HashKey.Bytes)
        {
            var key = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
            if (isWanted?.Invoke(key) != false)
            {
                expected++;
                kept += there.Contains(key) ? 1 : 0;
            }
        }

        return new ListingComparison(kept, expected);
    }

    /// <summary>The last bit of the key says whether the tag is that of a datum.</summary>
    private static UInt128 TagKey((string Tag, string ObjectHash) tag)
    {
        var key = HashKey.Of($"{tag.Tag}\0{tag.ObjectHash}");
        return DatumTag.IsDatumTag(tag.Tag) ? key | UInt128.One : key & ~UInt128.One;
    }

    private static bool IsKeyOfDatum(UInt128 key) => (key & UInt128.One) == UInt128.One;
}

/// <summary>How much of a listing exists.</summary>
/// <param name="Kept">How many of the listed things exist.</param>
/// <param name="Expected">How many were listed.</param>
public readonly record struct ListingComparison(long Kept, long Expected);
