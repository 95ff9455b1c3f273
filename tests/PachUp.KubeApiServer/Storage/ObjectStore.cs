using System.Globalization;
using System.Text.Json.Nodes;

namespace PachUp.KubeApiServer.Storage;

/// <summary>A change of an object.</summary>
/// <param name="Revision">The number of the change.</param>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c> or <c>DELETED</c>.</param>
/// <param name="StorageName">The kind of object.</param>
/// <param name="Object">The object after the change, or before it was deleted.</param>
public sealed record StoreEvent(long Revision, string Type, string StorageName, JsonObject Object);

/// <summary>All objects of a server, with the history of their changes. Safe to use from several threads.</summary>
public sealed class ObjectStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string StorageName, string Namespace, string Name), JsonObject> _objects = [];
    private readonly List<StoreEvent> _events = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of the last change.</summary>
    public long Revision { get; private set; } = 100;

    /// <summary>The oldest change after which a watch can start.</summary>
    public long OldestRevision { get; private set; } = 100;

    /// <summary>A task that completes at the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>A copy of an object; null if there is none.</summary>
    public JsonObject? Find(string storageName, string ns, string name)
    {
        lock (_lock)
            return _objects.GetValueOrDefault((storageName, ns, name))?.Copy();
    }

    /// <summary>Copies of the objects of a kind, by namespace and name.</summary>
    /// <param name="storageName">The kind.</param>
    /// <param name="ns">The namespace; empty for all.</param>
    public IReadOnlyList<JsonObject> List(string storageName, string ns = "")
    {
        lock (_lock)
        {
            return [.. _objects
                .Where(entry => entry.Key.StorageName == storageName && (ns.Length == 0 || entry.Key.Namespace == ns))
                .Select(entry => entry.Value.Copy())];
        }
    }

    /// <summary>The changes after a revision.</summary>
    public IReadOnlyList<StoreEvent> EventsAfter(long revision)
    {
        lock (_lock)
            return [.. _events.Where(change => change.Revision > revision)];
    }

    /// <summary>Stores or replaces an object, and returns it with its new revision.</summary>
    public JsonObject Put(string storageName, JsonObject value)
    {
        lock (_lock)
        {
            var key = (storageName, value.Namespace(), value.Name());
            var type = _objects.ContainsKey(key) ? "MODIFIED" : "ADDED";
            var kept = value.Copy();
            kept.Metadata()["resourceVersion"] = (Revision + 1).ToString(CultureInfo.InvariantCulture);
            _objects[key] = kept;
            Note(type, storageName, kept);
            return kept.Copy();
        }
    }

    /// <summary>Removes an object if it exists.</summary>
    public void Delete(string storageName, string ns, string name)
    {
        lock (_lock)
        {
            if (_objects.Remove((storageName, ns, name), out var gone))
                Note("DELETED", storageName, gone);
        }
    }

    /// <summary>Runs several reads and writes atomically.</summary>
    internal T InOneGo<T>(Func<T> work)
    {
        lock (_lock)
            return work();
    }

    /// <summary>Wakes up all waiting watches.</summary>
    internal void Wake()
    {
        lock (_lock)
        {
            var changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }

    private void Note(string type, string storageName, JsonObject value)
    {
        Revision++;
        _events.Add(new StoreEvent(Revision, type, storageName, value.Copy()));
        Wake();
    }
}
