using System.Collections.Immutable;
using System.Globalization;
using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Verification.LateWrites;

namespace PachUp.Views;

/// <summary>Shows what leading clients back to the source means, and its result.</summary>
internal static class SwitchView
{
    public static void WriteIntention(Page page, RunDirectory run, PlanPreview plan, ImmutableArray<RollbackStep> steps, LateWriteReport written, ItemLimit limit)
    {
        RollbackView.WriteIntention(page, run, plan, steps);
        page.Line("Everything else stays: the target with what is in it, and the pipelines of both clusters as they are.");
        page.Hang("Written to the target: ", LookOf(written));
        limit.Write([.. written.Writes.Select(write => write.Text)], text => page.Hang("- ", text, level: 1));
        page.Blank();
    }

    public static void Write(Page page, RollbackResult result, ImmutableArray<ClusterCondition> now, IEnumerable<NextCommand> next)
    {
        foreach (var step in result.Steps.Where(step => step.State == StepState.Reverted))
        {
            page.Hang("- ", $"{step.Id}: {Words.AsSentence(step.Text)}");
        }

        page.Blank();
        page.Line(result.IsComplete ? Look.Good("Clients are led to the source again.") : Look.Bad("Clients are not led to the source, or not all of them."));
        ConditionView.Write(page, now);
        foreach (var command in next)
        {
            NextCommandView.Write(page, command);
        }
    }

    private static StyledText LookOf(LateWriteReport written) => written switch
    {
        { NotLooked: { } reason } => Look.Warning($"what was written after the target was verified is not known: {reason}."),
        { IsFound: true } => Look.Warning($"after the target was verified, users wrote what the source does not have, and clients will not see it: {LateWriteReport.CountsOf(written.Writes)}:"),
        _ => string.Create(CultureInfo.InvariantCulture, $"nothing that the source does not have, as of {written.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."),
    };
}
