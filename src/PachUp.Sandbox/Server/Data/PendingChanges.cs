using PachUp.Sandbox.Server.Metadata;

namespace PachUp.Sandbox.Server.Data;

/// <summary>The changes that are not on disk yet. Safe to use from several threads.</summary>
internal sealed class PendingChanges
{
    private readonly Lock _lock = new();
    private Batch _batch = new();

    /// <summary>Adds the changes of one transaction; a batch holds all of them or none.</summary>
    public void Record(IReadOnlyList<Change> changes)
    {
        lock (_lock)
        {
            foreach (var change in changes)
            {
                _batch.Messages[(change.Collection, change.Key)] = change.After;
            }
        }
    }

    /// <summary>Adds the new value of a key of the bucket; null when it was deleted.</summary>
    public void Record(string key, StoredBlob? blob)
    {
        lock (_lock)
        {
            _batch.Blobs[key] = blob;
        }
    }

    /// <summary>Returns the changes since the last call, and clears them.</summary>
    public Batch Take()
    {
        lock (_lock)
        {
            var batch = _batch;
            if (!batch.IsEmpty)
                _batch = new Batch();

            return batch;
        }
    }
}

/// <summary>The newest value of everything that some transactions changed; null for what they deleted.</summary>
internal sealed class Batch
{
    public Dictionary<(string Collection, string Key), KeptMessage?> Messages { get; } = [];

    public Dictionary<string, StoredBlob?> Blobs { get; } = new(StringComparer.Ordinal);

    public bool IsEmpty => Messages.Count == 0 && Blobs.Count == 0;
}
