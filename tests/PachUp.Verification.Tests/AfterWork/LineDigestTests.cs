using System.Text;
using PachUp.Verification.AfterWork;

namespace PachUp.Verification.Tests.AfterWork;

public class LineDigestTests
{
    [Theory]
    [InlineData("a\nb\nc\n", "c\na\nb\n", true)]
    [InlineData("a\nb", "b\na", true)]
    [InlineData("a\na\nb\n", "a\nb\nb\n", false)]
    [InlineData("ab\nc\n", "a\nbc\n", false)]
    [InlineData("a\n\nb\n", "\nb\na\n", true)]
    [InlineData("", "\n", false)]
    public void Texts_of_the_same_lines_have_the_same_digest_and_others_have_not(string one, string other, bool areSame) =>
        Assert.Equal(areSame, DigestOf([one]) == DigestOf([other]));

    [Fact]
    public void The_digest_does_not_depend_on_where_the_content_is_cut() =>
        Assert.Equal(DigestOf(["first line\nsecond\nlast"]), DigestOf(["fir", "st line", "\nsec", "ond\n", "", "last"]));

    [Fact]
    public void What_is_no_text_has_no_digest() => Assert.Null(DigestOf(["text\n", "\0\n"]));

    private static string? DigestOf(string[] parts)
    {
        using var digest = new LineDigest();
        foreach (var part in parts)
        {
            digest.Append(Encoding.UTF8.GetBytes(part));
        }

        return digest.End();
    }
}
