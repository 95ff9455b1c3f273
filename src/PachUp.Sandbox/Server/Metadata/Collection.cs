using Google.Protobuf;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Metadata;

/// <summary>
/// Messages by key, each with the revisions at which it was created and changed. The collection copies what goes in and out, so the kept
/// message changes only when a new one is put.
/// </summary>
internal sealed class Collection<T>(string name, KeyTexts texts, ChangeLog log) : ICollection
    where T : class, IMessage<T>, new()
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private sealed record Entry(T Value, long Created, long Changed);

    public int Count => _entries.Count;

    /// <summary>How many changes it has had in this process, including those that were undone.</summary>
    public long Version { get; private set; }

    public bool Contains(string key) => _entries.ContainsKey(key);

    /// <summary>A copy of the message; null where there is none.</summary>
    public T? Find(string key) => _entries.GetValueOrDefault(key)?.Value.Clone();

    /// <summary>A copy of the message.</summary>
    /// <exception cref="NotFoundError">There is none. The text is that of an error inside a transaction.</exception>
    public T Get(string key) => Find(key) ?? throw new NotFoundError(texts.NotFoundInTransaction(name, key));

    /// <summary>A copy of the message.</summary>
    /// <exception cref="NotFoundError">There is none. The text is that of an error outside a transaction.</exception>
    public T Inspect(string key) => Find(key) ?? throw new NotFoundError(texts.NotFound(name, key));

    public void Put(string key, T value) =>
        Set(key, new Entry(value.Clone(), _entries.GetValueOrDefault(key)?.Created ?? log.Revision, log.Revision));

    /// <summary>Adds a message under a new key.</summary>
    /// <exception cref="PachdError">The key exists already.</exception>
    public void Create(string key, T value)
    {
        if (Contains(key))
            throw new PachdError(texts.AlreadyExists(name, key));

        Put(key, value);
    }

    /// <summary>Changes the message under a key and returns the new one.</summary>
    /// <exception cref="NotFoundError">There is none.</exception>
    public T Update(string key, Action<T> change)
    {
        var value = Get(key);
        change(value);
        Put(key, value);
        return value;
    }

    /// <exception cref="NotFoundError">There is none.</exception>
    public void Delete(string key)
    {
        if (!Contains(key))
            throw new NotFoundError(texts.NotFoundInTransaction(name, key));

        Set(key, null);
    }

    public void DeleteAll()
    {
        foreach (var key in _entries.Keys.ToList())
        {
            Set(key, null);
        }
    }

    /// <summary>Copies of all messages with the revisions at which they were created, the newest first.</summary>
    public IReadOnlyList<(T Value, long Created)> List() =>
        [.. _entries.OrderByDescending(entry => entry.Value.Created).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (entry.Value.Value.Clone(), entry.Value.Created))];

    /// <summary>All keys, in the order of <see cref="List"/>.</summary>
    public IReadOnlyList<string> Keys() =>
        [.. _entries.OrderByDescending(entry => entry.Value.Created).ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Key)];

    /// <summary>Copies of all messages with their keys, the oldest change first.</summary>
    public IReadOnlyList<(string Key, T Value)> ListByChange() =>
        [.. _entries.OrderBy(entry => entry.Value.Changed).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (entry.Key, entry.Value.Value.Clone()))];

    public void Load(StoredMessage stored)
    {
        var value = new T();
        value.MergeFrom(stored.Message);
        _entries[stored.Key] = new Entry(value, stored.Created, stored.Changed);
        log.ContinueAfter(stored.Changed);
    }

    private void Set(string key, Entry? entry)
    {
        var before = _entries.GetValueOrDefault(key);
        var after = entry is null ? null : new KeptMessage(entry.Value, entry.Created, entry.Changed);
        log.Record(new Change(name, key, after, () => Apply(key, before)));
        Apply(key, entry);
    }

    private void Apply(string key, Entry? entry)
    {
        Version++;
        if (entry is null)
            _entries.Remove(key);
        else
            _entries[key] = entry;
    }
}
