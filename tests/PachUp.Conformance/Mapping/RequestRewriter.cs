using System.Text;
using System.Text.RegularExpressions;
using PachUp.Conformance.Transcripts;

namespace PachUp.Conformance.Mapping;

/// <summary>
/// Replaces recorded ids and hashes in requests by those of the replay. Both have the same length, so all other bytes of a message stay in place.
/// </summary>
public sealed class RequestRewriter(ValueMap map)
{
    private readonly HashSet<string> _issuedByTheServer = [];

    /// <summary>Records which ids a recorded answer gave to the client for the first time.</summary>
    public void NoteAnswer(RecordedCall call)
    {
        foreach (Match match in call.Responses.SelectMany(Matches).Where(Tokenizer.IsId))
        {
            if (map.Find(TokenKind.Id, match.Value) is null)
            {
                _issuedByTheServer.Add(match.Value);
            }
        }
    }

    /// <summary>Rewrites the request messages of a call.</summary>
    /// <param name="call">The recorded call.</param>
    /// <param name="unknownId">An id that the recorded server made and that has no counterpart in the replay; null for none.</param>
    public IReadOnlyList<byte[]> Rewrite(RecordedCall call, out string? unknownId)
    {
        string? unknown = null;
        var rewritten = call.Requests.Select(message => Rewrite(message, ref unknown)).ToList();
        unknownId = unknown;
        return rewritten;
    }

    /// <summary>Whether a recorded id has a counterpart in the replay.</summary>
    public bool Knows(string id) => map.Find(TokenKind.Id, id) is not null;

    /// <summary>A recorded message with the replay's ids and hashes where they are known.</summary>
    public byte[] Rewrite(byte[] message)
    {
        string? unknown = null;
        return Rewrite(message, ref unknown);
    }

    private static IEnumerable<Match> Matches(byte[] message) => Tokenizer.IdsAndHashesInMessage(Encoding.Latin1.GetString(message));

    private byte[] Rewrite(byte[] message, ref string? unknown)
    {
        var text = Encoding.Latin1.GetString(message);
        StringBuilder? rewritten = null;
        foreach (Match match in Tokenizer.IdsAndHashesInMessage(text))
        {
            if (Replacement(match, ref unknown) is { } replacement && replacement != match.Value)
            {
                rewritten ??= new StringBuilder(text);
                rewritten.Remove(match.Index, match.Length).Insert(match.Index, replacement);
            }
        }

        return rewritten is null ? message : Encoding.Latin1.GetBytes(rewritten.ToString());
    }

    private string? Replacement(Match match, ref string? unknown)
    {
        if (!Tokenizer.IsId(match))
        {
            return map.Find(TokenKind.Hash, match.Value);
        }

        if (map.Find(TokenKind.Id, match.Value) is { } known)
        {
            return known;
        }

        if (_issuedByTheServer.Contains(match.Value))
        {
            unknown ??= match.Value;
        }
        else
        {
            map.TryPair(TokenKind.Id, match.Value, match.Value);
        }

        return null;
    }
}
