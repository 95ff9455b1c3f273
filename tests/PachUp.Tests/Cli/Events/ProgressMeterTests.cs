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
    public void Reports_in_quick_succession_are_one_event_but_for_other_work_news_and_the_end()
    {
        Measure(0);
        _time.Advance(TimeSpan.FromMilliseconds(150));

        Assert.Null(TryMeasure(10));
        Assert.NotNull(TryMeasure(0, "reading back"));
        Assert.NotNull(TryMeasure(10, "reading back", isNews: true));
        Assert.NotNull(TryMeasure(1000, "reading back"));
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.NotNull(TryMeasure(20, "reading back"));
    }

    [Fact]
    public void Without_a_total_there_is_neither_a_percentage_nor_an_end()
    {
        _meter.TryMeasure("extract", new StepProgress("extracting", 0, Unit: "operations"));
        _time.Advance(TimeSpan.FromSeconds(2));

        var measured = _meter.TryMeasure("extract", new StepProgress("extracting", 50, Unit: "operations"))!;

        Assert.Equal(25, measured.PerSecond);
        Assert.Null(measured.Percent);
        Assert.Null(measured.SecondsLeft);
    }

    private StepWorks Measure(long done, string text = "sending") => TryMeasure(done, text)!;

    private StepWorks? TryMeasure(long done, string text = "sending", bool isNews = false) =>
        _meter.TryMeasure("restore", new StepProgress(text, done, 1000, "operations") { IsNews = isNews });
}
