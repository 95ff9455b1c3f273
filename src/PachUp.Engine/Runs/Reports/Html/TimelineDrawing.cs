using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Reports.Outlines;

namespace PachUp.Engine.Runs.Reports.Html;

/// <summary>Draws when each step ran: one line for each step, one bar for each attempt.</summary>
internal static class TimelineDrawing
{
    private const int Width = 980;
    private const int RowHeight = 26;
    private const int BarHeight = 16;
    private const int BarsFrom = 210;
    private const int BarsWidth = 500;
    private const int LabelColumns = 27;
    private const int NoteColumns = 34;
    private const double LeastBar = 3;

    public static void Write(HtmlWriter html, ImmutableArray<StepOverview> steps)
    {
        var scale = new TimeScale([.. steps.SelectMany(step => step.Attempts)]);
        var height = (steps.Length * RowHeight) + 4;
        html.Begin("figure", ("class", "fluid"));
        html.Begin("div");
        html.Begin("svg", ("viewBox", $"0 0 {Width} {height}"), ("width", $"{Width}"), ("height", $"{height}"), ("role", "img"), ("aria-label", "The steps and when they ran"));
        foreach (var pause in scale.Pauses)
        {
            var x = Svg.Number(BarsFrom + (pause * BarsWidth));
            html.Element("line", "", ("class", "pause"), ("x1", x), ("x2", x), ("y1", "0"), ("y2", $"{height}"));
        }

        foreach (var (row, step) in steps.Index())
        {
            WriteStep(html, step, row * RowHeight, scale);
        }

        html.End();
        html.End();
        if (scale.Pauses.Count > 0)
        {
            html.Begin("figcaption");
            html.Text("A dashed line is a pause in which no step ran; it is drawn shorter than it was.");
            html.End();
        }

        html.End();
    }

    private static void WriteStep(HtmlWriter html, StepOverview step, int y, TimeScale scale)
    {
        var middle = $"{y + (RowHeight / 2) + 4}";
        Svg.Text(html, 0, middle, step.Id, LabelColumns);
        foreach (var attempt in step.Attempts)
        {
            var (from, to) = scale.PlaceOf(attempt);
            var width = Math.Max(LeastBar, (to - from) * BarsWidth);
            html.Begin(
                "rect",
                ("class", LookOf(attempt)),
                ("x", Svg.Number(BarsFrom + Math.Min(from * BarsWidth, BarsWidth - width))),
                ("y", $"{y + ((RowHeight - BarHeight) / 2)}"),
                ("width", Svg.Number(width)),
                ("height", $"{BarHeight}"),
                ("rx", "2"));
            html.Element("title", $"{step.Id}: {(attempt.IsRollback ? "rollback, " : "")}{ReportOutline.WordOf(attempt.Outcome)}, {Words.Duration(attempt.Duration)}");
            html.End();
        }

        Svg.Text(html, BarsFrom + BarsWidth + 12, middle, NoteOn(step), NoteColumns);
    }

    private static string NoteOn(StepOverview step)
    {
        var attempts = step.Attempts.Count(attempt => !attempt.IsRollback);
        var outcome = ReportOutline.WordOf(step.State);
        return attempts == 0 ? outcome : $"{outcome}, {Words.Duration(step.Duration ?? TimeSpan.Zero)}{(attempts > 1 ? $", {attempts} attempts" : "")}";
    }

    private static string LookOf(StepAttempt attempt) => attempt switch
    {
        { IsRollback: true } => "info",
        { Outcome: StepState.Done } => "good",
        { Outcome: StepState.Failed } => "bad",
        _ => "warning",
    };
}
