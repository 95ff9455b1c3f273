using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using PachUp.Cli.Events;
using PachUp.Engine.Planning;
using PachUp.Pachyderm;

namespace PachUp.Tests.Cli.Events;

public class RunForecastTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Without_a_rehearsal_nothing_is_foretold() => Assert.Null(new RunForecast(forecast: null, _time).SecondsLeft(5));

    [Fact]
    public void What_is_left_is_what_the_rehearsal_took_for_the_steps_that_are_left()
    {
        var forecast = Rehearsed();

        forecast.Begin("extract");
        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(6 + 20 + 5, forecast.SecondsLeft(secondsOfStep: null));
    }

    [Fact]
    public void Steps_that_took_longer_than_in_the_rehearsal_correct_the_rest()
    {
        var forecast = Rehearsed();

        forecast.Begin("extract");
        forecast.End("extract", TimeSpan.FromSeconds(30));
        forecast.Begin("restore");

        Assert.Equal((20 + 5) * 3, forecast.SecondsLeft(secondsOfStep: null));
    }

    [Fact]
    public void What_the_running_step_says_itself_is_better_than_the_rehearsal()
    {
        var forecast = Rehearsed();

        forecast.End("extract", TimeSpan.FromSeconds(10));
        forecast.Begin("restore");

        Assert.Equal(100 + 5, forecast.SecondsLeft(secondsOfStep: 100));
    }

    private RunForecast Rehearsed() => new(
        new DowntimeForecast("plan", "0f3a", new Release(1, 9, 0), CarriesObjects: false, TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(50), DateTimeOffset.UnixEpoch)
        {
            Steps = new Dictionary<string, TimeSpan>
            {
                ["extract"] = TimeSpan.FromSeconds(10),
                ["restore"] = TimeSpan.FromSeconds(20),
                ["verify"] = TimeSpan.FromSeconds(5),
            }.ToImmutableSortedDictionary(),
        },
        _time);
}
