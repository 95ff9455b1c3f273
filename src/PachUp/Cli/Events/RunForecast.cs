using PachUp.Engine.Planning;

namespace PachUp.Cli.Events;

/// <summary>
/// How long the rest of a run will take: what the rehearsal measured for each step, corrected by how much longer the steps took that are done.
/// </summary>
/// <param name="forecast">What the rehearsal measured; null if there was none.</param>
/// <param name="time">The clock.</param>
internal sealed class RunForecast(DowntimeForecast? forecast, TimeProvider time)
{
    private readonly HashSet<string> _ended = [];
    private TimeSpan _expected;
    private TimeSpan _taken;
    private string? _step;
    private long _began;

    /// <summary>A step begins.</summary>
    public void Begin(string step) => (_step, _began) = (step, time.GetTimestamp());

    /// <summary>A step has ended.</summary>
    /// <param name="step">The step.</param>
    /// <param name="duration">How long it took; null if it was done before.</param>
    public void End(string step, TimeSpan? duration)
    {
        _ended.Add(step);
        if (duration is { } taken && forecast?.Steps.TryGetValue(step, out var expected) == true)
        {
            (_expected, _taken) = (_expected + expected, _taken + taken);
        }
    }

    /// <summary>The time that is left; null if it was not rehearsed.</summary>
    /// <param name="secondsOfStep">What the running step itself says, in seconds; null if it says nothing.</param>
    public double? SecondsLeft(double? secondsOfStep)
    {
        if (forecast is null || forecast.Steps.IsEmpty)
        {
            return null;
        }

        var factor = _expected > TimeSpan.Zero ? Math.Max(1, _taken / _expected) : 1;
        var later = forecast.Steps.Where(step => step.Key != _step && !_ended.Contains(step.Key)).Sum(step => step.Value.TotalSeconds);
        var now = _step is not null && forecast.Steps.TryGetValue(_step, out var expected)
            ? Math.Max(0, (expected.TotalSeconds * factor) - time.GetElapsedTime(_began).TotalSeconds)
            : 0;
        return Math.Round((later * factor) + (secondsOfStep ?? now), 1);
    }
}
