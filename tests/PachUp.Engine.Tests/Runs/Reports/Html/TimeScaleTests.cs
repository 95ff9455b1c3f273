using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Html;

namespace PachUp.Engine.Tests.Runs.Reports.Html;

public class TimeScaleTests
{
    [Fact]
    public void Attempts_have_the_lengths_of_their_durations()
    {
        StepAttempt[] attempts = [Attempt(0, 10), Attempt(10, 40)];

        var scale = new TimeScale(attempts);

        Assert.Equal((0, 0.25), scale.PlaceOf(attempts[0]));
        Assert.Equal((0.25, 1), scale.PlaceOf(attempts[1]));
        Assert.Empty(scale.Pauses);
    }

    [Fact]
    public void A_pause_of_days_takes_a_small_part_of_the_line()
    {
        StepAttempt[] attempts = [Attempt(0, 50), Attempt(500_000, 500_050)];

        var scale = new TimeScale(attempts);

        Assert.InRange(scale.PlaceOf(attempts[1]).From - scale.PlaceOf(attempts[0]).To, 0.01, 0.05);
        Assert.InRange(Assert.Single(scale.Pauses), scale.PlaceOf(attempts[0]).To, scale.PlaceOf(attempts[1]).From);
    }

    [Fact]
    public void An_attempt_whose_clock_was_set_back_has_no_length()
    {
        StepAttempt[] attempts = [Attempt(10, 3), Attempt(10, 20)];

        Assert.Equal((0, 0), new TimeScale(attempts).PlaceOf(attempts[0]));
    }

    private static StepAttempt Attempt(int from, int to) => new(SampleReport.Noon.AddSeconds(from), SampleReport.Noon.AddSeconds(to), StepState.Done, IsRollback: false);
}
