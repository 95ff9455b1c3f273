using PachUp.Plugins.Buckets.Locations;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Tests.Locations;

public sealed class BucketLocationTests
{
    [Theory]
    [InlineData("/var/pach/", "/var/pach", "/var/pach")]
    [InlineData("s3://data", "data", "s3://data")]
    [InlineData("s3://data/old/?endpoint=http://minio:9000&region=eu-west-1", "data/old", "s3://data/old at http://minio:9000")]
    [InlineData("gs://data/a/b", "data/a/b", "gs://data/a/b")]
    [InlineData("az://data?account=acme", "data", "az://data")]
    public void Locations_are_read(string text, string path, string shown)
    {
        var location = BucketLocation.Parse(text);

        Assert.Equal((path, shown), (location.Path, location.ToString()));
    }

    [Theory]
    [InlineData("data", "the path of a folder has to begin at the root")]
    [InlineData("s3://", "it names no bucket")]
    [InlineData("s3:///prefix", "it names no bucket")]
    [InlineData("s3://data?zone=a", "\"zone\" is not one of its settings: endpoint, region, provider, requesterPays")]
    [InlineData("gs://data?region=", "\"region\" is not one of its settings: endpoint")]
    [InlineData("https://data", "this kind of storage is not known")]
    public void What_is_no_location_is_refused(string text, string why)
    {
        var refusal = Assert.Throws<StepFailedException>(() => BucketLocation.Parse(text));

        Assert.Equal($"\"{text}\" is not the location of a bucket: {why}", refusal.Message);
    }

    [Theory]
    [InlineData("s3://data", "s3://data", true)]
    [InlineData("s3://data/a", "s3://data/ab", false)]
    [InlineData("s3://data", "s3://data?endpoint=http://minio", false)]
    [InlineData("s3://data", "gs://data", false)]
    [InlineData("/a", "/ab", false)]
    [InlineData("az://data?account=a", "az://data?account=b", false)]
    public void Locations_overlap_when_one_contains_the_other(string one, string other, bool overlap) =>
        Assert.Equal(overlap, BucketLocation.Parse(one).Overlaps(BucketLocation.Parse(other)));

    [Fact]
    public void Secrets_are_variables_and_not_part_of_the_path()
    {
        var bucket = new Bucket("source", BucketLocation.Parse("s3://data?region=eu-west-1"), new BucketCredentials("key", "secret", ""));

        Assert.Equal("source:data", bucket.Path);
        Assert.Contains(("RCLONE_CONFIG_SOURCE_SECRET_ACCESS_KEY", "secret"), bucket.Variables());
        Assert.DoesNotContain("secret", $"{bucket.Location} {bucket.Credentials}", StringComparison.Ordinal);
    }
}
