using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Tests.Workers;

namespace PachUp.Sandbox.Tests.Pps;

/// <summary>When cron inputs tick.</summary>
public class CronScheduleTests
{
    [Theory]
    [InlineData("@every 24h", "2017-01-01T00:00:00Z", "2017-01-02T00:00:00Z")]
    [InlineData("@every 1h30m", "2017-01-01T00:00:00.7Z", "2017-01-01T01:30:00Z")]
    [InlineData("@every 10ms", "2017-01-01T00:00:00.5Z", "2017-01-01T00:00:01Z")]
    [InlineData("@yearly", "2017-01-01T00:00:00Z", "2018-01-01T00:00:00Z")]
    [InlineData("@weekly", "2017-01-01T00:00:00Z", "2017-01-08T00:00:00Z")]
    [InlineData("*/15 * * * *", "2017-01-01T10:44:59Z", "2017-01-01T10:45:00Z")]
    [InlineData("50/5 * * * *", "2017-01-01T10:55:00Z", "2017-01-01T11:50:00Z")]
    [InlineData("30 4 1-7,15 * *", "2017-01-07T04:30:00Z", "2017-01-15T04:30:00Z")]
    [InlineData("0 0 29 feb *", "2013-01-01T00:00:00Z", "2016-02-29T00:00:00Z")]
    [InlineData("0 9 * * mon-fri", "2017-01-06T09:00:00Z", "2017-01-09T09:00:00Z")]
    [InlineData("0 0 31 12 *", "2016-12-31T00:00:00Z", "2017-12-31T00:00:00Z")]
    [InlineData("0 0 13 * fri", "2017-01-01T00:00:00Z", "2017-01-06T00:00:00Z")]
    [InlineData("0 0 13 * *", "2017-01-01T00:00:00Z", "2017-01-13T00:00:00Z")]
    public async Task The_next_tick_is_the_first_time_that_matches_the_spec(string spec, string after, string expected)
    {
        await using var cluster = await StartAsync(spec, after);

        Assert.True(cluster.Cluster.Tick("ticker_tick"));

        Assert.Equal(expected, (await cluster.ListAsync("ticker_tick"))[0]);
    }

    [Fact]
    public async Task A_cron_spec_with_a_day_that_does_not_exist_never_ticks()
    {
        await using var cluster = await StartAsync("0 0 30 2 *", "2017-01-01T00:00:00Z");

        Assert.False(cluster.Cluster.Tick("ticker_tick"));
    }

    private static async Task<WorkingCluster> StartAsync(string spec, string after)
    {
        var cluster = await WorkingCluster.StartAsync("1.9.12", runsPipelines: false, ticksOnRequest: true);
        var cron = new CronInput { Name = "tick", Spec = spec, Start = Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture)) };
        await cluster.Pps.CreatePipelineAsync(WorkingCluster.Spec("ticker", new Input { Cron = cron }));
        return cluster;
    }
}
