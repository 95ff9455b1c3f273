using PachUp.Sdk;

namespace PachUp.Cli.Events;

/// <summary>
/// Measures how fast work goes on and how long it will still take, from what it reports. Work may report every file; an event a few times a second is
/// enough for people and programs.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ProgressMeter(TimeProvider time)
{
    /// <summary>Before that, a rate says nothing.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenEvents = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private string? _measured;
    private long _first;
    private long _since;
    private string? _told;
    private long _toldAt;

    /// <summary>What a report means, with percent, rate and time left as far as they are known; null if it says no more than the report before.</summary>
    /// <param name="step">The step; null outside of a run.</param>
    /// <param name="progress">The report. Reports may come from several threads.</param>
    public StepWorks? TryMeasure(string? step, StepProgress progress)
    {
        lock (_lock)
        {
            // Another text or unit is other work, which has a rate of its own. The same work never goes back.
            var what = progress.Text + progress.Unit;
            if (progress.Done is { } begun && (what != _measured || begun < _first))
            {
                (_measured, _first, _since) = (what, begun, time.GetTimestamp());
            }
            else if (what == _told && !progress.IsNews && !IsEnd(progress) && time.GetElapsedTime(_toldAt) < BetweenEvents)
            {
                return null;
            }

            _told = what;
            _toldAt = time.GetTimestamp();
            return Measure(step, progress);
        }
    }

    private static bool IsEnd(StepProgress progress) => progress.Done is { } done && done == progress.Total;

    private StepWorks Measure(string? step, StepProgress progress)
    {
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
