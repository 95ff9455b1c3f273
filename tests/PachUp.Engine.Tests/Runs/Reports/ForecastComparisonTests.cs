using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Reports;
using PachUp.Pachyderm;

namespace PachUp.Engine.Tests.Runs.Reports;

public class ForecastComparisonTests
{
    private static readonly DowntimeForecast Forecast = new(
        "plan", "0f3a", new Release(1, 9, 0), CarriesObjects: false, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40), SampleReport.Noon)
    {
        Steps = ImmutableSortedDictionary<string, TimeSpan>.Empty.Add("extract", TimeSpan.FromSeconds(15)).Add("restore", TimeSpan.FromSeconds(5)),
    };

    [Theory]
    [InlineData(20, "The same steps took 30 s, within the forecast.")]
    [InlineData(45, "The same steps took 55 s, 15 s longer than the forecast.")]
    [InlineData(3, "The same steps took 13 s, 7.0 s shorter than the forecast.")]
    public void The_time_of_the_rehearsed_steps_is_compared_and_that_of_deployments_is_not(int secondsOfExtract, string outcome)
    {
        var comparison = ForecastComparison.Of(Forecast, [Done("extract", secondsOfExtract), Done("deploy", 600), Done("restore", 10)])!;

        Assert.Equal($"The rehearsal forecast 20 s to 40 s, without manual work and deployments. {outcome}", comparison.Sentence);
        Assert.Equal(["extract", "restore"], comparison.Steps.Select(step => step.Step));
    }

    [Fact]
    public void A_run_that_is_not_done_is_not_judged()
    {
        var comparison = ForecastComparison.Of(Forecast, [Done("extract", 7), new StepOverview("restore", "pachyderm/restore", StepState.Pending, null, "")])!;

        Assert.EndsWith("The same steps took 7.0 s so far; not all of them are done.", comparison.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_forecast_there_is_nothing_to_compare() => Assert.Null(ForecastComparison.Of(null, [Done("extract", 7)]));

    private static StepOverview Done(string id, int seconds) => SampleReport.Step(id, StepState.Done, "", (0, seconds, StepState.Done));
}
