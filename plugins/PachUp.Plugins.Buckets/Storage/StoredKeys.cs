using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;

namespace PachUp.Plugins.Buckets.Storage;

/// <summary>The keys of a bucket with their sizes. A key is kept as the half of its hash, because there may be many millions.</summary>
internal sealed class StoredKeys
{
    private readonly Dictionary<UInt128, long> _sizes = [];

    /// <summary>How many keys there are.</summary>
    public int Count => _sizes.Count;

    /// <summary>Reads the keys of a bucket.</summary>
    public static async Task<StoredKeys> ReadAsync(Rclone rclone, Bucket place, CancellationToken cancellationToken)
    {
        var keys = new StoredKeys();
        await KeyListing.ListAsync(rclone, place, keys.Add, cancellationToken);
        return keys;
    }

    /// <summary>Adds a key.</summary>
    public void Add(string key, long size) => _sizes[Short(key)] = size;

    /// <summary>The size of what a key holds; null if there is no such key.</summary>
    public long? FindSize(string key) => _sizes.TryGetValue(Short(key), out var size) ? size : null;

    private static UInt128 Short(string key) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
