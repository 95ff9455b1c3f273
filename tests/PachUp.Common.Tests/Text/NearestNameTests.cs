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
    public void A_similar_name_is_suggested(string written, string suggested) =>
        Assert.Equal(suggested, NearestName.Of(written, Names));

    [Theory]
    [InlineData("kubernetes")]
    [InlineData("x")]
    [InlineData("")]
    public void Without_a_similar_name_there_is_no_suggestion(string written) =>
        Assert.Null(NearestName.Of(written, Names));
}
