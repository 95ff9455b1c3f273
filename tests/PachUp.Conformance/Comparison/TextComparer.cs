using PachUp.Conformance.Mapping;

namespace PachUp.Conformance.Comparison;

/// <summary>Compares texts with ids, hashes, times and addresses in them.</summary>
public sealed class TextComparer(ValueMap map)
{
    /// <summary>Whether two texts are equal, except for parts that differ from run to run.</summary>
    /// <param name="recorded">The recorded text.</param>
    /// <param name="replayed">The text of the sandbox.</param>
    /// <param name="hashesVary">Whether the objects named here hold something that differs from run to run.</param>
    public bool AreEqual(string recorded, string replayed, bool hashesVary)
    {
        var expected = Tokenizer.Split(recorded).ToList();
        var got = Tokenizer.Split(replayed).ToList();
        return expected.Count == got.Count && expected.Zip(got).All(pair => AreEqual(pair.First, pair.Second, hashesVary));
    }

    private bool AreEqual(Token recorded, Token replayed, bool hashesVary) => recorded.Kind == replayed.Kind && recorded.Kind switch
    {
        TokenKind.Literal => recorded.Text == replayed.Text,
        TokenKind.Hash when !hashesVary && recorded.Text != replayed.Text && map.Find(TokenKind.Hash, recorded.Text) is null => false,
        _ => map.TryPair(recorded.Kind, recorded.Text, replayed.Text),
    };
}
