using PachUp.Cli.Terminals;

namespace PachUp.Tests.Cli.Terminals;

public class LineWrapperTests
{
    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two three", 80, "one two three")]
    [InlineData("averyveryverylongname and more", 10, "averyveryverylongname|and more")]
    [InlineData("see averyveryverylongname", 10, "see|averyveryverylongname")]
    [InlineData("", 80, "")]
    [InlineData("exactly ten", 11, "exactly ten")]
    public void Texts_are_broken_at_spaces_only(string text, int width, string lines) =>
        Assert.Equal(lines, string.Join('|', LineWrapper.Wrap(text, width)));

    [Fact]
    public void A_word_keeps_its_style_when_the_text_is_wrapped()
    {
        var lines = LineWrapper.Wrap("one " + Look.Bad("two three"), 7).ToList();

        Assert.Equal(Look.Bad("three").Parts.Single(), lines[1].Parts.Single());
    }
}
