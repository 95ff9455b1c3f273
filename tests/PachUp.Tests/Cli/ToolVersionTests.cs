using PachUp.Cli;

namespace PachUp.Tests.Cli;

public class ToolVersionTests
{
    [Theory]
    [InlineData("0.1.0+abc1234def5678", "2026-11-30", "pachup 0.1.0 (abc1234, 2026-11-30)")]
    [InlineData("0.1.0+abc1234def5678", null, "pachup 0.1.0 (abc1234)")]
    [InlineData("0.1.0+abc", "", "pachup 0.1.0 (abc)")]
    [InlineData("0.2.0-preview.1+abc1234def5678", "2026-11-30", "pachup 0.2.0-preview.1 (abc1234, 2026-11-30)")]
    [InlineData("0.1.0", "2026-11-30", "pachup 0.1.0")]
    [InlineData("0.1.0", null, "pachup 0.1.0")]
    public void The_description_has_the_commit_and_its_date_if_they_are_known(string informational, string? commitDate, string expected) =>
        Assert.Equal(expected, ToolVersion.Describe(informational, commitDate));

    [Fact]
    public void The_text_has_the_version_only() => Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$", ToolVersion.Text);
}
