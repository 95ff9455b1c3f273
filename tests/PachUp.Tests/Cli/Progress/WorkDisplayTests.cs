using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Sdk;

namespace PachUp.Tests.Cli.Progress;

/// <summary>Work outside of a run, on each kind of output.</summary>
public sealed class WorkDisplayTests : IDisposable
{
    private static readonly StepProgress Begun = new("listing the cluster", 0, 40, "repos");
    private static readonly StepProgress Further = new("listing the cluster", 10, 40, "repos");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Screen _screen;

    public WorkDisplayTests() => _screen = new Screen(time: _time);

    public void Dispose() => _screen.Dispose();

    [Fact]
    public async Task In_a_pipe_short_work_is_not_told()
    {
        var done = await WorkDisplay.ShowAsync(_screen.Terminal, progress =>
        {
            progress.Report(Begun);
            return Task.FromResult("the answer");
        });

        Assert.Equal("the answer", done);
        Assert.Equal("", _screen.Messages);
    }

    [Fact]
    public async Task In_a_pipe_long_work_is_told_as_that_of_a_step_with_percent_rate_and_time_left()
    {
        await LongWorkAsync();

        Assert.Equal(
            """
            2026-01-01T12:00:11Z listing the cluster, 10 of 40 repos (25 %, 1/s, 33 s left)
            2026-01-01T12:01:00Z listing the cluster, 10 of 40 repos (25 %, 1/s, 33 s left) (for 1 min 0 s)

            """,
            _screen.Messages);
    }

    [Fact]
    public async Task Quiet_work_is_not_told()
    {
        _screen.Terminal.Detail = Detail.Quiet;

        await LongWorkAsync();

        Assert.Equal("", _screen.Messages);
    }

    [Fact]
    public async Task As_json_lines_it_is_an_event_without_a_step()
    {
        _screen.Terminal.Answers(AnswerFormat.JsonLines);

        await LongWorkAsync();

        var events = _screen.Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(events, works => Assert.Equal(("progress", JsonValueKind.Null), (works.GetProperty("event").GetString(), works.GetProperty("step").ValueKind)));
        Assert.Equal([0, 25], events.Select(works => works.GetProperty("percent").GetDouble()));
    }

    [Fact]
    public async Task On_a_terminal_a_bar_is_drawn_and_nothing_of_it_stays()
    {
        using var screen = new Screen(isTerminal: true, environment: name => name == "TERM" ? "xterm" : null);

        await WorkDisplay.ShowAsync(screen.Terminal, progress =>
        {
            progress.Report(Further);
            return Task.FromResult(0);
        });

        Assert.Contains("listing the cluster, 10 of 40 repos", screen.Messages, StringComparison.Ordinal);
    }

    private Task<int> LongWorkAsync() => WorkDisplay.ShowAsync(_screen.Terminal, progress =>
    {
        progress.Report(Begun);
        _time.Advance(TimeSpan.FromSeconds(11));
        progress.Report(Further);
        _time.Advance(TimeSpan.FromSeconds(49));
        return Task.FromResult(0);
    });
}
