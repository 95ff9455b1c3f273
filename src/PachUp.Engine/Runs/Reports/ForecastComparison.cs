using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Planning;

namespace PachUp.Engine.Runs.Reports;

/// <summary>How long a rehearsal said that the run would take, and how long it took.</summary>
/// <param name="LeastTime">The shortest expected time, without manual work and deployments.</param>
/// <param name="MostTime">The longest expected time, without manual work and deployments.</param>
/// <param name="MadeAt">When the rehearsal was made.</param>
/// <param name="Took">How long the same steps took in the run.</param>
public sealed record ForecastComparison(TimeSpan LeastTime, TimeSpan MostTime, DateTimeOffset MadeAt, TimeSpan Took)
{
    /// <summary>Whether all these steps are done, so that the two can be compared.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Each step that was rehearsed.</summary>
    public ImmutableArray<StepForecast> Steps { get; init; } = [];

    /// <summary>The comparison in one sentence.</summary>
    public string Sentence
    {
        get
        {
            var expected = LeastTime == MostTime ? Words.Duration(LeastTime) : $"{Words.Duration(LeastTime)} to {Words.Duration(MostTime)}";
            return $"The rehearsal forecast {expected}, without manual work and deployments. {Outcome}";
        }
    }

    private string Outcome => this switch
    {
        { IsComplete: false } => $"The same steps took {Words.Duration(Took)} so far; not all of them are done.",
        _ when Took > MostTime => $"The same steps took {Words.Duration(Took)}, {Words.Duration(Took - MostTime)} longer than the forecast.",
        _ when Took < LeastTime => $"The same steps took {Words.Duration(Took)}, {Words.Duration(LeastTime - Took)} shorter than the forecast.",
        _ => $"The same steps took {Words.Duration(Took)}, within the forecast.",
    };

    /// <summary>Compares a forecast with the steps of a run. A forecast that does not tell its steps is about all of them.</summary>
    internal static ForecastComparison? Of(DowntimeForecast? forecast, ImmutableArray<StepOverview> steps)
    {
        if (forecast is null)
        {
            return null;
        }

        var rehearsed = steps.Where(step => forecast.Steps.IsEmpty || forecast.Steps.ContainsKey(step.Id)).ToList();
        return new ForecastComparison(
            forecast.LeastTime, forecast.MostTime, forecast.MadeAt, rehearsed.Aggregate(TimeSpan.Zero, (sum, step) => sum + (step.Duration ?? TimeSpan.Zero)))
        {
            IsComplete = rehearsed.All(step => step.State == Journals.StepState.Done),
            Steps =
            [
                .. rehearsed.Where(step => forecast.Steps.ContainsKey(step.Id)).Select(step => new StepForecast(step.Id, forecast.Steps[step.Id], step.Duration)),
            ],
        };
    }
}

/// <summary>How long a step took in the rehearsal and in the run.</summary>
/// <param name="Step">The id of the step.</param>
/// <param name="Rehearsed">How long it took in the rehearsal.</param>
/// <param name="Took">How long it took in the run; null if it was not started.</param>
public sealed record StepForecast(string Step, TimeSpan Rehearsed, TimeSpan? Took);
