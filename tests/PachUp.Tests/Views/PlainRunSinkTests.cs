using Microsoft.Extensions.Time.Testing;
using PachUp.Cli.Events;
using PachUp.Cli.Progress;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Journals;
using PachUp.Sdk;
using PachUp.Views;

namespace PachUp.Tests.Views;

public sealed class PlainRunSinkTests : IDisposable
{
    private readonly Screen _screen = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void A_step_prints_its_first_progress_and_its_outcome_each_on_one_line_with_a_time_stamp()
    {
        using var sink = Sink();

        Extract(sink, 1024);
        Extract(sink, 2048);
        sink.Take(new StepEnded("extract", "pachyderm/extract", StepState.Done, 0.4, $"Extracted {new string('x', 100)}\nand more"));

        Assert.Equal(
            $"""
            2026-01-01T12:00:00Z [3/9] extract: extracting, 1.0 KB of 4.0 KB (25 %)
            2026-01-01T12:00:00Z [3/9] extract: done (0.4 s): Extracted {new string('x', 100)}{SafeText.Of("\n")}and more

            """,
            _screen.Messages);
    }

    [Fact]
    public void Progress_is_printed_now_and_then_and_news_at_once()
    {
        using var sink = Sink();
        sink.Take(new StepBegan("deploy", 6, 9));

        sink.Take(new StepWorks("deploy", "waiting: nothing answers"));
        sink.Take(new StepWorks("deploy", "waiting: still nothing"));
        sink.Take(new StepWorks("deploy", "waiting: ImagePullBackOff") { IsNews = true });
        sink.Take(new StepWorks("deploy", "waiting: ImagePullBackOff") { IsNews = true });
        _time.Advance(TimeSpan.FromSeconds(11));
        sink.Take(new StepWorks("deploy", "waiting: 1.8.7 answers"));

        Assert.Equal(["waiting: nothing answers", "waiting: ImagePullBackOff", "waiting: 1.8.7 answers"], Texts("[6/9] deploy: "));
    }

    [Fact]
    public void A_step_that_reports_nothing_is_never_silent_for_longer_than_thirty_seconds()
    {
        using var sink = Sink();
        sink.Take(new StepBegan("deploy", 6, 9));
        sink.Take(new StepWorks("deploy", "waiting: nothing answers"));

        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimedLines.Heartbeat);
        }

        sink.Take(new StepEnded("deploy", "platform/deploy", StepState.Done, 121, ""));
        _time.Advance(TimedLines.Heartbeat);

        Assert.Equal(
            ["waiting: nothing answers", "waiting: nothing answers (for 30 s)", "waiting: nothing answers (for 1 min 0 s)", "waiting: nothing answers (for 1 min 30 s)", "waiting: nothing answers (for 2 min 0 s)", "done (2 min 1 s)"],
            Texts("[6/9] deploy: "));
    }

    [Fact]
    public void A_verbose_log_has_every_piece_of_progress()
    {
        using var sink = new PlainRunSink(_screen.Terminal.Messages, _time, isVerbose: true);

        Extract(sink, 1024);
        Extract(sink, 2048);

        Assert.Equal(2, Texts("[3/9] extract: ").Count);
    }

    [Fact]
    public void A_step_that_was_done_before_is_shown_with_its_name()
    {
        using var sink = Sink();

        sink.Take(new StepEnded("check", "pachyderm/check", StepState.Done, null, "done before"));

        Assert.Equal("2026-01-01T12:00:00Z check: done: done before\n", _screen.Messages);
    }

    private PlainRunSink Sink() => new(_screen.Terminal.Messages, _time);

    private void Extract(PlainRunSink sink, long bytes)
    {
        if (_screen.Messages.Length == 0)
        {
            sink.Take(new StepBegan("extract", 3, 9));
        }

        sink.Take(new ProgressMeter(_time).TryMeasure("extract", new StepProgress("extracting", bytes, 4096, StepProgress.BytesUnit))!);
    }

    private List<string> Texts(string lead) => [.. _screen.Messages.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(lead)[1])];
}
