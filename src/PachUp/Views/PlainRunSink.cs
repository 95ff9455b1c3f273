using System.Globalization;
using PachUp.Cli.Events;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;

namespace PachUp.Views;

/// <summary>
/// A run in a pipe: one line per event, with a time stamp and never wrapped. Progress is shown now and then: enough to follow in a log without filling
/// it, and at least every 30 seconds, so that a silent line means a silent PachUp.
/// </summary>
internal sealed class PlainRunSink : IEventSink, IDisposable
{
    /// <summary>The longest silence while a step works.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Page _page;
    private readonly TimeProvider _time;
    private readonly bool _isVerbose;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private string _lead = "";
    private StepWorks? _latest;
    private string _said = "";
    private long _saidAt;
    private long _begunAt;

    /// <param name="page">Where the lines go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isVerbose">Whether every piece of progress is shown.</param>
    public PlainRunSink(Page page, TimeProvider time, bool isVerbose = false)
    {
        (_page, _time, _isVerbose) = (page, time, isVerbose);
        _timer = time.CreateTimer(_ => SayThatItWorks(), state: null, Heartbeat, Heartbeat);
    }

    /// <inheritdoc/>
    public void Take(ToolEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case RunBegan run:
                    Say($"Run {run.Run}, in {run.Path}");
                    break;
                case RunNote note:
                    Say($"Note: {note.Text}");
                    break;
                case StepBegan step:
                    (_lead, _latest, _said, _begunAt) = (RunText.LeadOf(step), null, "", _time.GetTimestamp());
                    break;
                case StepWorks works:
                    Show(works);
                    break;
                case StepEnded ended:
                    _latest = null;
                    Say($"{RunText.LeadOf(_lead, ended)}: {RunText.Describe(ended)}");
                    _lead = "";
                    break;
                default:
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Show(StepWorks works)
    {
        _latest = works;
        var text = RunText.Describe(works);
        if (_isVerbose || _said.Length == 0 || (text != _said && (works.IsNews || _time.GetElapsedTime(_saidAt) >= Pause)))
        {
            _said = text;
            Say($"{_lead}: {text}{RunText.RateOf(works)}");
        }
    }

    private void SayThatItWorks()
    {
        lock (_lock)
        {
            if (_lead.Length > 0 && _time.GetElapsedTime(_saidAt) >= Heartbeat)
            {
                var text = _latest is null ? "working" : RunText.Describe(_latest) + RunText.RateOf(_latest);
                Say($"{_lead}: {text} (for {Words.Duration(_time.GetElapsedTime(_begunAt))})");
            }
        }
    }

    private void Say(string text)
    {
        _saidAt = _time.GetTimestamp();
        _page.Raw(string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {text.ReplaceLineEndings(" ")}"));
    }
}
