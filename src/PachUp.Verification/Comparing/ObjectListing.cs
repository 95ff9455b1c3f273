using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using PachUp.Common.Files;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Verification.Files;

namespace PachUp.Verification.Comparing;

/// <summary>
/// The objects and tags of a cluster, saved in a file with a key of 16 bytes each: for ten million objects it takes 160 MB on disk, and as much
/// memory while it is compared. A key is the start of a SHA-512 hash, so in practice two things never share one. The key of an object is the start of
/// its own hash, so that a lost object can be named. In files of older versions, which do not begin with a mark, it is the start of the hash of that hash.
/// </summary>
public static class ObjectListing
{
    /// <summary>The largest number of lost objects that are named.</summary>
    public const int MostNamed = 1000;

    private static readonly UInt128 Mark = BinaryPrimitives.ReadUInt128BigEndian("pachup-hashes-02"u8);

    /// <summary>Lists the objects of a cluster into a file and returns their number.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="path">The file.</param>
    /// <param name="except">The hashes of objects that do not count.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public static Task<long> SaveObjectsAsync(PachdClient client, string path, IReadOnlySet<string> except, CancellationToken cancellationToken) => SaveAsync(
        client.ListObjectsAsync(cancellationToken).Where(hash => !except.Contains(hash)).Select(HashKey.OfObject), [Mark], path, cancellationToken);

    /// <summary>Lists the tags of a cluster into a file and returns their number.</summary>
    public static Task<long> SaveTagsAsync(PachdClient client, string path, CancellationToken cancellationToken) =>
        SaveAsync(client.ListTagsAsync(cancellationToken).Select(TagKey), [], path, cancellationToken);

    /// <summary>Counts how many of the objects in a file a cluster has, and names those that it does not have.</summary>
    public static async Task<ListingComparison> CompareObjectsAsync(PachdClient client, string path, CancellationToken cancellationToken)
    {
        var isMarked = ReadKeys(path).FirstOrDefault() == Mark;
        Func<string, UInt128> keyOf = isMarked ? HashKey.OfObject : HashKey.Of;
        var there = await client.ListObjectsAsync(cancellationToken).Select(keyOf).ToHashSetAsync(cancellationToken: cancellationToken);
        var comparison = Compare(ReadKeys(path).Skip(isMarked ? 1 : 0), there);
        return isMarked ? comparison : comparison with { Lost = [] };
    }

    /// <summary>Counts how many of the tags in a file a cluster has with the same objects. Lost tags are not named: the file has no part of their names.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="path">The file.</param>
    /// <param name="withDatums">Whether the tags of datums are expected too.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public static async Task<ListingComparison> CompareTagsAsync(PachdClient client, string path, bool withDatums, CancellationToken cancellationToken)
    {
        var there = await client.ListTagsAsync(cancellationToken).Select(TagKey).ToHashSetAsync(cancellationToken: cancellationToken);
        return Compare(ReadKeys(path).Where(key => withDatums || !IsKeyOfDatum(key)), there) with { Lost = [] };
    }

    private static async Task<long> SaveAsync(
        IAsyncEnumerable<UInt128> keys, IReadOnlyList<UInt128> before, string path, CancellationToken cancellationToken)
    {
        var count = 0L;
        await PrivateFile.ReplaceAsync(path, async listing =>
        {
            var file = new BufferedStream(listing);
            var bytes = new byte[HashKey.Bytes];
            await foreach (var key in before.ToAsyncEnumerable().Concat(keys).WithCancellation(cancellationToken))
            {
                BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
                file.Write(bytes);
                count++;
            }

            await file.FlushAsync(cancellationToken);
        });
        return count - before.Count;
    }

    private static ListingComparison Compare(IEnumerable<UInt128> expected, HashSet<UInt128> there)
    {
        long count = 0, kept = 0;
        var lost = ImmutableArray.CreateBuilder<string>();
        foreach (var key in expected)
        {
            count++;
            if (there.Contains(key))
            {
                kept++;
            }
            else if (lost.Count < MostNamed)
            {
                lost.Add(key.ToString("x32", CultureInfo.InvariantCulture) + "...");
            }
        }

        return new ListingComparison(kept, count) { Lost = lost.ToImmutable() };
    }

    private static IEnumerable<UInt128> ReadKeys(string path)
    {
        using var file = new BufferedStream(File.OpenRead(path));
        var bytes = new byte[HashKey.Bytes];
        while (file.ReadAtLeast(bytes, HashKey.Bytes, throwOnEndOfStream: false) == HashKey.Bytes)
        {
            yield return BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }
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
public sealed record ListingComparison(long Kept, long Expected)
{
    /// <summary>The beginnings of the hashes of objects that do not exist; at most <see cref="ObjectListing.MostNamed"/>.</summary>
    public ImmutableArray<string> Lost { get; init; } = [];
}
