using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>The permanent lines of a run: one for each step that has ended.</summary>
/// <param name="page">Receives the lines.</param>
/// <param name="started">Called with the run as soon as it can be resumed.</param>
internal sealed class RunLines(Page page, Action<RunDirectory> started)
{
    private string _lead = "";

    /// <summary>Writes that the run starts or continues.</summary>
    public void Start(RunDirectory run)
    {
        started(run);
        page.Line($"Run {run.Id}, in {run.Path}");
    }

    /// <summary>Writes a note for the user.</summary>
    public void Note(string note) => page.Hang("Note: ", note);

    /// <summary>A step begins.</summary>
    /// <returns>The name of the step in its lines.</returns>
    public string Begin(string step, int number, int count) => _lead = $"[{number}/{count}] {step}";

    /// <summary>A step has ended.</summary>
    public void End(StepOutcome outcome)
    {
        var duration = outcome.Duration is { } time ? $" ({Words.Duration(time)})" : "";
        var lead = _lead.EndsWith(outcome.Id, StringComparison.Ordinal) ? _lead : outcome.Id;
        page.Line($"{lead}: " + LookOf(outcome.State) + duration);
        if (outcome.Text.Length > 0 && outcome.State != StepState.Failed)
        {
            // The reason of a failure is printed once, at the end, with its remedy.
            page.Line(outcome.Text, level: 3);
        }
    }

    /// <summary>The progress of a step.</summary>
    public static string Describe(StepProgress progress) => progress switch
    {
        { Done: { } done, Total: { } total, Unit: StepProgress.BytesUnit } =>
            $"{progress.Text}, {Words.Bytes(done)} of {Words.Bytes(total)}",
        { Done: { } done, Total: { } total } => $"{progress.Text}, {done} of {total} {progress.Unit}".TrimEnd(),
        { Done: { } done } => $"{progress.Text}, {Amount(done, progress.Unit)}",
        _ => progress.Text,
    };

    /// <summary>A line about the step that runs.</summary>
    public void Say(string text) => page.Hang($"{_lead}: ", text);

    private static string Amount(long amount, string unit) =>
        unit == StepProgress.BytesUnit ? Words.Bytes(amount) : $"{amount} {unit}".TrimEnd();

    private static StyledText LookOf(StepState state) => state switch
    {
        StepState.Done or StepState.Reverted => Look.Good(RunView.OutcomeOf(state)),
        StepState.Interrupted => Look.Warning(RunView.OutcomeOf(state)),
        _ => Look.Bad(RunView.OutcomeOf(state)),
    };
}
