namespace PachUp.Conformance.State;

/// <summary>Messages of one kind from many answers: the newest version of each, in the order of the lists that showed them.</summary>
/// <param name="keyOf">The key of a message: the same for two messages about the same thing.</param>
public sealed class OrderedMessages<T>(Func<T, string> keyOf)
    where T : class
{
    private readonly List<string> _newestFirst = [];
    private readonly Dictionary<string, T> _messages = [];

    /// <summary>The keys of all messages.</summary>
    public IEnumerable<string> Keys => _newestFirst;

    /// <summary>The message with a key; null where there is none.</summary>
    public T? Find(string key) => _messages.GetValueOrDefault(key);

    /// <summary>Forgets the message with a key.</summary>
    public void Remove(string key)
    {
        _newestFirst.Remove(key);
        _messages.Remove(key);
    }

    /// <summary>Learns from an answer, which lists the newest message first. The first of several messages with one key is the current one.</summary>
    public void Learn(IEnumerable<T> messages)
    {
        var after = -1;
        foreach (var message in messages.DistinctBy(keyOf))
        {
            var key = keyOf(message);
            if (!_messages.ContainsKey(key))
                _newestFirst.Insert(after + 1, key);

            _messages[key] = message;
            after = _newestFirst.IndexOf(key);
        }
    }

    /// <summary>All messages, the oldest first.</summary>
    public IReadOnlyList<T> OldestFirst() => [.. Enumerable.Reverse(_newestFirst).Select(key => _messages[key])];
}
