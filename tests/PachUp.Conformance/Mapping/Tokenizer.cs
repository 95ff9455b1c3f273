using System.Text.RegularExpressions;

namespace PachUp.Conformance.Mapping;

/// <summary>Splits a text into parts that are the same in every run and parts that are not.</summary>
public static partial class Tokenizer
{
    /// <summary>All parts of <paramref name="text"/>, in order.</summary>
    public static IEnumerable<Token> Split(string text)
    {
        var position = 0;
        foreach (Match match in Pattern().Matches(text))
        {
            if (match.Index > position)
            {
                yield return new Token(TokenKind.Literal, text[position..match.Index]);
            }

            yield return new Token(KindOf(match), match.Value);
            position = match.Index + match.Length;
        }

        if (position < text.Length)
        {
            yield return new Token(TokenKind.Literal, text[position..]);
        }
    }

    /// <summary>The ids and hashes in the bytes of a message, read as Latin-1.</summary>
    public static MatchCollection IdsAndHashesInMessage(string bytes) => MessagePattern().Matches(bytes);

    /// <summary>Whether a match of <see cref="IdsAndHashesInMessage"/> is an id.</summary>
    public static bool IsId(Match match) => match.Groups["id"].Success;

    private static TokenKind KindOf(Match match) => match switch
    {
        _ when match.Groups["id"].Success => TokenKind.Id,
        _ when match.Groups["hash"].Success => TokenKind.Hash,
        _ when match.Groups["tag"].Success => TokenKind.DatumTag,
        _ when match.Groups["time"].Success => TokenKind.Time,
        _ => TokenKind.Address,
    };

    private const string Hash = "(?<hash>(?<![0-9a-f])[0-9a-f]{128}(?![0-9a-f]))";
    private const string Tag = "(?<tag>(?<![0-9a-f])[0-9a-f]{68}(?![0-9a-f]))";
    // Late releases name the branch of a new spec after its pipeline and the first digits of an id.
    private const string Suffix = "(?<id>(?<=_)[0-9a-f]{12}(?![0-9a-f]))";
    private const string Id = "(?<id>(?<![0-9a-f])[0-9a-f]{12}4[0-9a-f]{19}(?![0-9a-f]))";
    private const string Time = @"(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))";
    private const string Address = @"(?<address>\d{1,3}(?:\.\d{1,3}){3}:\d+)";

    [GeneratedRegex(Hash + "|" + Tag + "|" + Id + "|" + Suffix + "|" + Time + "|" + Address)]
    private static partial Regex Pattern();

    // The tag of the next field may look like a hex digit. The length before a string field shows where the field ends.
    private const string HashField = @"(?<hash>(?<=\x80\x01)[0-9a-f]{128})";
    private const string IdField = @"(?<id>(?<=\x20)[0-9a-f]{12}4[0-9a-f]{19})";

    [GeneratedRegex(HashField + "|" + IdField + "|" + Hash + "|" + Id)]
    private static partial Regex MessagePattern();
}
