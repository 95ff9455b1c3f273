using PachUp.Sdk;

namespace PachUp.Cli.Events;

/// <summary>Measures how fast a step works and how long it will still take, from what it reports.</summary>
/// <param name="time">The clock.</param>
internal sealed class ProgressMeter(TimeProvider time)
{
    /// <summary>Before that, a rate says nothing.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private string _what = "";
    private long _first;
    private long _since;

    /// <summary>What a report means, with percent, rate and time left as far as they are known.</summary>
    public StepWorks Measure(string step, StepProgress progress)
    {
        // Another text or unit is other work, which has a rate of its own. The same work never goes back.
        if (progress.Done is { } begun && (_what != progress.Text + progress.Unit || begun < _first))
        {
            (_what, _first, _since) = (progress.Text + progress.Unit, begun, time.GetTimestamp());
        }

        var perSecond = RateOf(progress);
        return new StepWorks(step, progress.Text)
        {
            Done = progress.Done,
            Total = progress.Total,
            Unit = progress.Unit,
            IsNews = progress.IsNews,
            Percent = progress is { Done: { } done, Total: > 0 and var total } ? Math.Round(Math.Clamp(100.0 * done / total, 0, 100), 1) : null,
            PerSecond = perSecond,
            SecondsLeft = perSecond > 0 && progress is { Done: { } now, Total: { } all } ? Math.Round(Math.Max(0, all - now) / perSecond.Value, 1) : null,
        };
    }

    private double? RateOf(StepProgress progress)
    {
        var elapsed = time.GetElapsedTime(_since);
        return progress.Done is { } done && done > _first && elapsed >= Least ? Math.Round((done - _first) / elapsed.TotalSeconds, 2) : null;
    }
}
