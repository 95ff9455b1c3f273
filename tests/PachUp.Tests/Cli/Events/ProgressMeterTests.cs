using Microsoft.Extensions.Time.Testing;
using PachUp.Cli.Events;
using PachUp.Sdk;

namespace PachUp.Tests.Cli.Events;

public class ProgressMeterTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProgressMeter _meter;

    public ProgressMeterTests() => _meter = new ProgressMeter(_time);

    [Fact]
    public void Rate_and_time_left_come_from_what_was_done_since_the_first_report()
    {
        Measure(100);
        _time.Advance(TimeSpan.FromSeconds(10));

        var measured = Measure(300);

        Assert.Equal((30.0, 20.0, 35.0), (measured.Percent, measured.PerSecond, measured.SecondsLeft));
    }

    [Fact]
    public void In_the_first_second_no_rate_is_known()
    {
        Measure(0);
        _time.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Null(Measure(500).PerSecond);
    }

    [Fact]
    public void Other_work_has_a_rate_of_its_own()
    {
        Measure(0);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(Measure(900, "reading back").PerSecond);
    }

    [Fact]
    public void Without_a_total_there_is_neither_a_percentage_nor_an_end()
    {
        _meter.Measure("extract", new StepProgress("extracting", 0, Unit: "operations"));
        _time.Advance(TimeSpan.FromSeconds(2));

        var measured = _meter.Measure("extract", new StepProgress("extracting", 50, Unit: "operations"));

        Assert.Equal(25, measured.PerSecond);
        Assert.Null(measured.Percent);
        Assert.Null(measured.SecondsLeft);
    }

    private StepWorks Measure(long done, string text = "sending") => _meter.Measure("restore", new StepProgress(text, done, 1000, "operations"));
}
