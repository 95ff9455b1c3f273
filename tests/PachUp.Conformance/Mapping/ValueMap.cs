namespace PachUp.Conformance.Mapping;

/// <summary>
/// Maps values of the recording to values of the replay. Ids and addresses map one to one in both directions. Times and hashes map in one direction,
/// since two events can have the same time, and two objects the same content.
/// </summary>
public sealed class ValueMap
{
    private readonly Dictionary<Token, string> _toReplayed = [];
    private readonly Dictionary<Token, string> _toRecorded = [];
    private readonly Stack<(Token Recorded, Token? Replayed)> _learned = [];

    /// <summary>A mark in the map's history, for <see cref="ForgetSince"/>.</summary>
    public int Mark => _learned.Count;

    /// <summary>The replayed value of a recorded one; null where it is not known yet.</summary>
    public string? Find(TokenKind kind, string recorded) => _toReplayed.GetValueOrDefault(new Token(kind, recorded));

    /// <summary>Maps two values to each other, or checks that they are.</summary>
    /// <returns>False if one of them is mapped to another value already.</returns>
    public bool TryPair(TokenKind kind, string recorded, string replayed)
    {
        var from = new Token(kind, recorded);
        if (_toReplayed.TryGetValue(from, out var known))
        {
            return known == replayed;
        }

        Token? back = kind is TokenKind.Time or TokenKind.Hash ? null : new Token(kind, replayed);
        if (back is { } taken && !_toRecorded.TryAdd(taken, recorded))
        {
            return false;
        }

        _toReplayed.Add(from, replayed);
        _learned.Push((from, back));
        return true;
    }

    /// <summary>Forgets what was learned since <paramref name="mark"/> was taken.</summary>
    public void ForgetSince(int mark)
    {
        while (_learned.Count > mark)
        {
            var (recorded, replayed) = _learned.Pop();
            _toReplayed.Remove(recorded);
            if (replayed is { } back)
            {
                _toRecorded.Remove(back);
            }
        }
    }
}
