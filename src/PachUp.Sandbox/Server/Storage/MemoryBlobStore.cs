using System.Collections.Concurrent;

namespace PachUp.Sandbox.Server.Storage;

/// <summary>A blob store in memory.</summary>
internal sealed class MemoryBlobStore : IBlobStore
{
    private readonly ConcurrentDictionary<string, byte[]> _blobs;

    public MemoryBlobStore()
        : this(new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal))
    {
    }

    private MemoryBlobStore(ConcurrentDictionary<string, byte[]> blobs) => _blobs = blobs;

    public byte[]? Find(string key) => _blobs.GetValueOrDefault(key);

    public long? LengthOf(string key) => Find(key)?.Length;

    public ReadOnlyMemory<byte> Read(string key, long offset, int count) => _blobs[key].AsMemory((int)offset, count);

    public void Put(string key, byte[] value) => _blobs[key] = value;

    public void Delete(string key) => _blobs.TryRemove(key, out _);

    public IReadOnlyList<string> List(string prefix) => BlobKeys.WithPrefix(_blobs.Keys, prefix);

    // Blobs never change, so two stores can hold the same arrays.
    public IBlobStore Copy() => new MemoryBlobStore(new ConcurrentDictionary<string, byte[]>(_blobs, StringComparer.Ordinal));
}
