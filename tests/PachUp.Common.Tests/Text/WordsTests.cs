using PachUp.Common.Text;

namespace PachUp.Common.Tests.Text;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "branch", "0 branches")]
    [InlineData(1, "repo", "1 repo")]
    [InlineData(2, "repo", "2 repos")]
    [InlineData(1204, "branch", "1,204 branches")]
    [InlineData(3, "entry", "3 entries")]
    [InlineData(3, "key", "3 keys")]
    public void Counts_have_the_right_plural(long count, string noun, string expected) => Assert.Equal(expected, Words.Count(count, noun));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(5L * 1024 * 1024 * 1024, "5.0 GB")]
    public void Bytes_have_a_unit(long bytes, string expected) => Assert.Equal(expected, Words.Bytes(bytes));

    [Theory]
    [InlineData(0.42, "0.4 s")]
    [InlineData(12, "12 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 5 min")]
    public void Durations_have_units(double seconds, string expected) => Assert.Equal(expected, Words.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_long_list_is_shortened_with_the_number_of_other_items()
    {
        Assert.Equal("a, b", Words.FirstOf(["a", "b"], most: 2));
        Assert.Equal("a, b and 3 more", Words.FirstOf(["a", "b", "c", "d", "e"], most: 2));
    }
}
