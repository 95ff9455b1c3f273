using PachUp.Common.Text;

namespace PachUp.Common.Tests.Text;

public class NearestNameTests
{
    private static readonly string[] Names = ["archive", "apply", "extract", "id", "plan", "uses"];

    [Theory]
    [InlineData("archiv", "archive")]
    [InlineData("Apply", "apply")]
    [InlineData("exrtact", "extract")]
    [InlineData("use", "uses")]
    [InlineData("di", "id")]
    public void A_name_that_is_close_is_suggested(string written, string suggested) =>
        Assert.Equal(suggested, NearestName.Of(written, Names));

    [Theory]
    [InlineData("kubernetes")]
    [InlineData("x")]
    [InlineData("")]
    public void A_name_that_is_close_to_none_gets_no_suggestion(string written) =>
        Assert.Null(NearestName.Of(written, Names));
}
