using System.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Schedules;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;

namespace PachUp.Pachyderm.Tests.Schedules;

public class CronTickTests
{
    private static readonly DateTimeOffset Moment = new(2020, 2, 29, 23, 59, 59, TimeSpan.Zero);

    [Fact]
    public void A_tick_is_an_empty_file_named_by_its_time()
    {
        var tick = CronTick.Of(Moment.ToOffset(TimeSpan.FromHours(2)), ReleaseTraits.Of(new Release(1, 8, 8)));

        Assert.Equal("/2020-02-29T23:59:59Z", tick.Path);
        Assert.Empty(tick.Content());
    }

    [Fact]
    public void Up_to_1_7_a_tick_is_the_file_time_with_its_time()
    {
        var tick = CronTick.Of(Moment, ReleaseTraits.Of(new Release(1, 7, 14)));

        Assert.Equal("/time", tick.Path);
        Assert.Equal("\"2020-02-29T23:59:59.000Z\"", Encoding.UTF8.GetString(tick.Content()));
    }

    [Theory]
    [InlineData("/2020-02-29T23:59:59Z", "", true)]
    [InlineData("/time", "\"2020-02-29T23:59:59Z\"", true)]
    [InlineData("/notes.txt", "what somebody put there", false)]
    public async Task The_newest_tick_is_that_of_the_last_file(string path, string content, bool isTime)
    {
        await using var sandbox = await SandboxCluster.StartAsync(new SandboxOptions { Release = new Release(1, 8, 8) });
        using var cluster = new ClusterBuilder(sandbox.Address);
        await using var client = PachdClient.Create(sandbox.Address);
        await cluster.CreateRepoAsync("ticks");
        Assert.Null(await CronTick.FindNewestAsync(client, "ticks"));

        await cluster.CommitFileAsync("ticks", "master", "/2019-01-01T00:00:45Z", "");
        await cluster.CommitFileAsync("ticks", "master", path, content);

        Assert.Equal(new CronTick(path, isTime ? Moment : null), await CronTick.FindNewestAsync(client, "ticks"));
    }

    [Theory]
    [InlineData("@every 45s", 4)]
    [InlineData("@hourly", 1)]
    [InlineData("* * * * *", 3)]
    public void Ticks_are_counted_after_one_moment_and_up_to_another(string spec, int count) =>
        Assert.Equal(count, CronSchedule.TryParse(spec)!.Count(Moment.AddMinutes(-2).AddSeconds(-59), Moment.AddSeconds(1), most: 100));

    [Fact]
    public void Counting_ends_at_the_number_that_is_asked_for() =>
        Assert.Equal(1000, CronSchedule.TryParse("@every 1s")!.Count(Moment.AddYears(-1), Moment, most: 1000));

    [Fact]
    public void A_spec_that_a_server_refuses_has_no_schedule() => Assert.Null(CronSchedule.TryParse("every now and then"));
}
