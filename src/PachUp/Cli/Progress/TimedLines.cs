using System.Globalization;
using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;

namespace PachUp.Cli.Progress;

/// <summary>
/// Work in a pipe: lines with a time stamp that are never wrapped. Progress is shown now and then: enough to follow in a log without filling it, and at
/// least every 30 seconds, so that a silent line means a silent PachUp.
/// </summary>
internal sealed class TimedLines : IDisposable
{
    /// <summary>The longest silence during work.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Page _page;
    private readonly TimeProvider _time;
    private readonly bool _isVerbose;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private Work? _work;
    private StepWorks? _latest;
    private string? _said;
    private long _saidAt;

    /// <param name="page">Where the lines go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isVerbose">Whether every piece of progress is shown.</param>
    public TimedLines(Page page, TimeProvider time, bool isVerbose)
    {
        (_page, _time, _isVerbose) = (page, time, isVerbose);
        _timer = time.CreateTimer(_ => SayThatItWorks(), state: null, Heartbeat, Heartbeat);
    }

    /// <summary>Work begins.</summary>
    /// <param name="lead">How its lines begin: <c>[3/9] extract: </c>; empty for nothing.</param>
    /// <param name="isSaidAtOnce">Whether its first progress is shown at once, however short it may be.</param>
    public void Begin(string lead, bool isSaidAtOnce)
    {
        lock (_lock)
        {
            (_work, _latest, _said) = (new Work(lead, _time.GetTimestamp()), null, isSaidAtOnce ? null : "");
            _saidAt = _work.BegunAt;
        }
    }

    /// <summary>Shows how far it is, if it is time for that.</summary>
    public void Show(StepWorks works)
    {
        lock (_lock)
        {
            _latest = works;
            var text = WorkText.Describe(works);
            if (_isVerbose || _said is null || (text != _said && (works.IsNews || _time.GetElapsedTime(_saidAt) >= Pause)))
            {
                _said = text;
                Write($"{_work?.Lead}{text}{WorkText.RateOf(works)}");
            }
        }
    }

    /// <summary>The work has ended.</summary>
    public void End()
    {
        lock (_lock)
        {
            (_work, _latest) = (null, null);
        }
    }

    /// <summary>Writes a line.</summary>
    public void Say(string text)
    {
        lock (_lock)
        {
            Write(text);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void SayThatItWorks()
    {
        lock (_lock)
        {
            if (_work is not null && _time.GetElapsedTime(_saidAt) >= Heartbeat)
            {
                var text = _latest is null ? "working" : WorkText.Describe(_latest) + WorkText.RateOf(_latest);
                Write($"{_work.Lead}{text} (for {Words.Duration(_time.GetElapsedTime(_work.BegunAt))})");
            }
        }
    }

    private void Write(string text)
    {
        _saidAt = _time.GetTimestamp();
        _page.Unbroken(string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {text}"));
    }

    private sealed record Work(string Lead, long BegunAt);
}
