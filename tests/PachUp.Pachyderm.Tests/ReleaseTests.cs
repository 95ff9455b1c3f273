namespace PachUp.Pachyderm.Tests;

public class ReleaseTests
{
    [Theory]
    [InlineData("1.8.7", 1, 8, 7, "", "1.8.7")]
    [InlineData("v1.13.4", 1, 13, 4, "", "1.13.4")]
    [InlineData(" V1.9.0 ", 1, 9, 0, "", "1.9.0")]
    [InlineData("1.9.0-rc1", 1, 9, 0, "rc1", "1.9.0-rc1")]
    public void A_release_is_three_numbers_and_perhaps_a_suffix(string text, int major, int minor, int patch, string suffix, string shown)
    {
        var release = Release.Parse(text);

        Assert.Equal((new ReleaseLine(major, minor), patch, suffix), (release.Line, release.Patch, release.Suffix));
        Assert.Equal(suffix.Length > 0, release.IsCustomBuild);
        Assert.Equal(shown, release.ToString());
        Assert.Equal(new Release(major, minor, patch, suffix), release);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.8")]
    [InlineData("1.8.7.1")]
    [InlineData("1.8.x")]
    [InlineData("latest")]
    [InlineData("-1.8.7")]
    [InlineData("1.8.99999999999")]
    public void Other_texts_are_not_releases(string text)
    {
        Assert.False(Release.TryParse(text, out _));
        Assert.Equal(
            $"\"{text}\" is not a release; expected three numbers such as 1.8.7.",
            Assert.Throws<FormatException>(() => Release.Parse(text)).Message);
    }

    [Fact]
    public void Releases_are_ordered_by_number_and_a_custom_build_comes_before_its_release()
    {
        string[] texts = ["1.7.14", "1.8.0", "1.8.7", "1.8.10-rc1", "1.8.10", "1.9.0", "1.10.0", "2.0.0"];
        Release[] ordered = [.. texts.Select(text => Release.Parse(text))];

        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.True(ordered[0] < ordered[1] && ordered[1] <= ordered[2] && ordered[4] > ordered[3] && ordered[4] >= ordered[3]);
        Assert.True(ordered[0] != ordered[1] && ordered[0] == Release.Parse("1.7.14"));
        Assert.Equal(Release.Parse("1.8.10"), Release.Parse("1.8.10-rc1").WithoutSuffix());
    }

    [Theory]
    [InlineData("1.8", 1, 8)]
    [InlineData("1.13", 1, 13)]
    public void A_line_is_two_numbers(string text, int major, int minor)
    {
        Assert.Equal(new ReleaseLine(major, minor), ReleaseLine.Parse(text));
        Assert.Equal(text, ReleaseLine.Parse(text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.8.7")]
    [InlineData("1.x")]
    [InlineData("1.-8")]
    public void Other_texts_are_not_lines(string text) => Assert.Equal(
        $"\"{text}\" is not a release line; expected two numbers such as 1.8.",
        Assert.Throws<FormatException>(() => ReleaseLine.Parse(text)).Message);

    [Fact]
    public void Lines_are_ordered_by_number()
    {
        Assert.True(ReleaseLine.Parse("1.9") < ReleaseLine.Parse("1.10") && ReleaseLine.Parse("2.0") > ReleaseLine.Parse("1.13"));
        Assert.True(ReleaseLine.Parse("1.9") <= ReleaseLine.Parse("1.9") && ReleaseLine.Parse("1.9") >= ReleaseLine.Parse("1.8"));
    }
}
