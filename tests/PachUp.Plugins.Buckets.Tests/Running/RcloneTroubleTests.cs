using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;

namespace PachUp.Plugins.Buckets.Tests.Running;

public sealed class RcloneTroubleTests
{
    private static readonly Rclone Buckets = new(new RcloneProgram("rclone", new Version(1, 60)), Bucket("source", "s3://old"), Bucket("target", "s3://new"));

    [Theory]
    [InlineData("error reading destination root directory: NoSuchBucket: The specified bucket does not exist", "the target's bucket s3://new, key k: it does not exist")]
    [InlineData("error reading source root directory: AccessDenied: Access Denied", "the source's bucket s3://old, key k: access is denied")]
    [InlineData("Failed to copy: s3 upload: 503 Slow Down: SlowDown", "the target's bucket s3://new, key k: the store asks to slow down")]
    [InlineData("failed to open source object: InvalidAccessKeyId", "the source's bucket s3://old, key k: the store does not accept the credentials")]
    [InlineData("error reading source root directory: RequestTimeTooSkewed: The difference between the request time and the current time is too large", "the source's bucket s3://old, key k: the clock of this machine differs too much from that of the store")]
    [InlineData("Failed to copy: failed to write: write /x: no space left on device", "the target's bucket s3://new, key k: it has no space left")]
    [InlineData("dial tcp: lookup store: no such host", "s3://old or s3://new, key k: the store cannot be reached")]
    [InlineData("something new\n  with lines", "rclone failed on s3://old or s3://new, key k: something new with lines")]
    public void Errors_of_rclone_become_one_plain_sentence(string error, string message) =>
        Assert.Equal(message, RcloneTrouble.Explain([new RcloneMessage("error", error, "k", null)], Buckets).Message);

    [Theory]
    [InlineData("Failed to copy: can't copy - source file is being updated (size changed from 1 to 2)", true)]
    [InlineData("Failed to copy: failed to open source object: object not found", true)]
    [InlineData("Failed to copy: AccessDenied: Access Denied", false)]
    public void An_object_that_changes_while_it_is_copied_waits_for_the_next_pass(string error, bool unsettled) =>
        Assert.Equal(unsettled, RcloneTrouble.IsUnsettled(new RcloneMessage("error", error, "block/b1", null)));

    [Fact]
    public void The_log_of_rclone_is_read()
    {
        var message = RcloneMessage.Parse("""{"level":"warning","msg":"...","stats":{"bytes":12,"totalBytes":40,"transfers":2,"eta":null}}""");

        Assert.Equal(new RcloneStats(12, 40, 2), message.Stats);
        Assert.False(message.IsError);
        Assert.True(RcloneMessage.Parse("2026/12/01 Failed to copy").IsPlain);
    }

    [Theory]
    [InlineData("rclone v1.60.1-DEV\n- os/version: debian 12.11", "1.60.1")]
    [InlineData("rclone v1.72.0", "1.72.0")]
    [InlineData("command not found", null)]
    public void The_version_of_rclone_is_read(string output, string? version) => Assert.Equal(version, RcloneProgram.VersionIn(output)?.ToString());

    private static Bucket Bucket(string remote, string location) => new(remote, BucketLocation.Parse(location), new BucketCredentials("", "", ""));
}
