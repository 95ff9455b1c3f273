using PachUp.Engine.Runs.Reports.Html;

namespace PachUp.Engine.Tests.Runs.Reports.Html;

public class SvgTests
{
    [Theory]
    [InlineData("images", 10, "images")]
    [InlineData("a-very-long-name-of-a-repo-1", 12, "a-very-l\u2026o-1")]
    [InlineData("\u753b\u50cf\u753b\u50cf\u753b\u50cf", 7, "\u753b\u50cf\u2026\u50cf")]
    public void A_long_text_keeps_its_beginning_and_its_end(string text, int columns, string shown) => Assert.Equal(shown, Svg.Shorten(text, columns));
}
