using System.Collections.Concurrent;
using PachUp.Sandbox.Server.Storage;

namespace PachUp.Sandbox.Server.Data;

/// <summary>
/// A blob store in a data directory. Short blobs, which all objects and tags are, are rows of the database and stay in memory. The content of blocks is
/// in files.
/// </summary>
internal sealed class DirectoryBlobStore(string directory, ContentFiles files, PendingChanges pending) : IBlobStore
{
    // Even a short file takes a block of the disk and two flushes.
    private const int MaxRowBytes = 4096;

    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<string, StoredBlob> _index = new(StringComparer.Ordinal);

    /// <summary>Loads what an earlier process saved.</summary>
    /// <exception cref="DataDirectoryException">A file is missing or has another length.</exception>
    public void Load(IEnumerable<KeyValuePair<string, StoredBlob>> blobs)
    {
        foreach (var (key, blob) in blobs)
        {
            _index[key] = blob;
        }

        var inFiles = _index.Values.Where(blob => blob.File is not null).DistinctBy(blob => blob.File);
        if (files.FindProblem(inFiles.ToDictionary(blob => blob.File!, blob => blob.Length, StringComparer.Ordinal)) is { } problem)
            throw DataDirectoryProblems.IsDamaged(directory, problem);
    }

    public byte[]? Find(string key) => _index.TryGetValue(key, out var blob) ? Read(blob, 0, (int)blob.Length).ToArray() : null;

    public long? LengthOf(string key) => _index.TryGetValue(key, out var blob) ? blob.Length : null;

    public ReadOnlyMemory<byte> Read(string key, long offset, int count) => Read(_index[key], offset, count);

    public void Put(string key, byte[] value)
    {
        var blob = value.Length <= MaxRowBytes ? new StoredBlob(value, null, value.Length) : new StoredBlob(null, Write(value), value.Length);
        lock (_writing)
        {
            _index[key] = blob;
            pending.Record(key, blob);
        }
    }

    public void Delete(string key)
    {
        lock (_writing)
        {
            if (_index.TryRemove(key, out _))
                pending.Record(key, null);
        }
    }

    public IReadOnlyList<string> List(string prefix) => BlobKeys.WithPrefix(_index.Keys, prefix);

    public IBlobStore Copy()
    {
        var copy = new MemoryBlobStore();
        foreach (var key in _index.Keys)
        {
            copy.Put(key, Find(key)!);
        }

        return copy;
    }

    private string Write(byte[] value)
    {
        try
        {
            return files.Write(value);
        }
        catch (Exception e) when (DataDirectoryProblems.Explains(e))
        {
            throw DataDirectoryProblems.CannotBeWritten(directory, e);
        }
    }

    private ReadOnlyMemory<byte> Read(StoredBlob blob, long offset, int count)
    {
        if (blob.Value is { } value)
            return value.AsMemory((int)offset, count);

        try
        {
            return files.Read(blob.File!, offset, count);
        }
        catch (Exception e) when (DataDirectoryProblems.Explains(e))
        {
            throw DataDirectoryProblems.IsDamaged(directory, e.Message, e);
        }
    }
}
