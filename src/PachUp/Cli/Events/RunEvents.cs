using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Cli.Events;

/// <summary>Turns what a run reports into events.</summary>
/// <param name="events">Where they go.</param>
/// <param name="forecast">What a rehearsal of the plan measured; null if there was none.</param>
/// <param name="started">Told which run it is, as soon as it can be resumed.</param>
internal sealed class RunEvents(EventStream events, DowntimeForecast? forecast, Action<RunDirectory> started) : IRunObserver
{
    private readonly RunForecast _forecast = new(forecast, events.Time);
    private ProgressMeter _meter = new(events.Time);

    /// <inheritdoc/>
    public void RunStarted(RunDirectory run)
    {
        started(run);
        events.Publish(new RunBegan(run.Id, run.Path));
    }

    /// <inheritdoc/>
    public void Noted(string note) => events.Publish(new RunNote(note));

    /// <inheritdoc/>
    public void StepStarted(string step, int number, int count)
    {
        _meter = new ProgressMeter(events.Time);
        _forecast.Begin(step);
        events.Publish(new StepBegan(step, number, count));
    }

    /// <inheritdoc/>
    public void Progressed(string step, StepProgress progress)
    {
        if (_meter.TryMeasure(step, progress) is { } measured)
        {
            events.Publish(measured with { RunSecondsLeft = _forecast.SecondsLeft(measured.SecondsLeft) });
        }
    }

    /// <inheritdoc/>
    public void LateWritesFound(LateWriteReport report) => events.Publish(new LateWritesSeen(report.Sentence, [.. report.Writes.Select(write => write.Text)]));

    /// <inheritdoc/>
    public void StepEnded(StepOutcome outcome)
    {
        _forecast.End(outcome.Id, outcome.Duration);
        events.Publish(new StepEnded(outcome.Id, outcome.Uses, outcome.State, outcome.Duration?.TotalSeconds, outcome.Text));
    }
}
