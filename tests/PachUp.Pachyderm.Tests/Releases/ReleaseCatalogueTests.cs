using PachUp.Pachyderm.Releases;

namespace PachUp.Pachyderm.Tests.Releases;

public class ReleaseCatalogueTests
{
    private static readonly ReleaseCatalogue Catalogue = ReleaseCatalogue.BuiltIn;

    [Theory]
    [InlineData("1.7", "1.7.14", "2019-05-23")]
    [InlineData("1.8", "1.8.8", "2019-09-11")]
    [InlineData("1.9", "1.9.12", "2020-01-31")]
    [InlineData("1.13", "1.13.4", "2021-08-09")]
    public void The_latest_of_a_line_is_the_one_with_the_highest_number(string line, string release, string tagged)
    {
        var latest = Catalogue.LatestOf(ReleaseLine.Parse(line));

        Assert.Equal(Release.Parse(release), latest?.Release);
        Assert.Equal(DateOnly.Parse(tagged), latest?.Tagged);
    }

    [Fact]
    public void A_line_that_is_not_known_has_no_latest() => Assert.Null(Catalogue.LatestOf(new ReleaseLine(1, 99)));

    [Theory]
    [InlineData("1.8.7", true)]
    [InlineData("1.8.9", false)]
    [InlineData("1.8.7-custom", false)]
    public void The_catalogue_contains_the_published_releases(string release, bool published) =>
        Assert.Equal(published, Catalogue.Contains(Release.Parse(release)));

    [Theory]
    [InlineData("1.9.13", "1.9.12")]
    [InlineData("1.8.90", "1.8.8")]
    [InlineData("1.14.0", "1.13.0")]
    [InlineData("9.0.0", "2.0.0")]
    public void The_nearest_is_of_the_same_line_where_there_is_one(string release, string nearest) =>
        Assert.Equal(Release.Parse(nearest), Catalogue.NearestTo(Release.Parse(release)));

    [Fact]
    public void A_table_with_a_broken_row_is_refused_with_the_row()
    {
        using var table = new StringReader("release,tagged\n1.8.7 on some day\n");

        var failure = Assert.Throws<FormatException>(() => ReleaseCatalogue.Parse(table));

        Assert.Contains("\"1.8.7 on some day\" is not a row of release and day", failure.Message, StringComparison.Ordinal);
    }
}
