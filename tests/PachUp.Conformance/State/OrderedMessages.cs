namespace PachUp.Conformance.State;

/// <summary>Messages of one kind from many answers, each as it was seen last, in the order of the lists that showed them.</summary>
/// <param name="keyOf">What two messages about the same thing have in common.</param>
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

    /// <summary>Learns from an answer, whose messages are the newest first; of several about one thing the first is how it is now.</summary>
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
