using System.Globalization;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Cron inputs tick while a state is extracted and restored, and in both clusters afterwards.</summary>
/// <param name="time">The time.</param>
/// <param name="findNewest">Finds the time of the newest tick in a repo of the source; null where there is none, or none is given.</param>
internal sealed class CronInputsCheck(TimeProvider time, Func<IStepContext, string, CancellationToken, Task<DateTimeOffset?>> findNewest) : ICheck
{
    private const int MostCounted = 100_000;

    public string Name => "cron-inputs";

    public string Question => "Are there pipelines that a clock starts?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A tick writes into the repo PIPELINE_INPUT. During an extract it gives archives that cannot be restored (\"commit ... not found\"). "
            + "A server makes the ticks that are due since the start of the input as soon as it creates the pipeline, and stopping the pipeline "
            + "does not always end that; between the commits that a restore sends, a tick gets a place that is not its own. PachUp creates cron "
            + "pipelines on the target in the step that resumes, when everything has arrived, and the server counts on from the newest tick.",
        WhenPassed = "No pipeline has a cron input.",
        WhenWarned = "No tick happens while the migration runs. Ticks that are missed are not made up, unless the plan says missedTicks=make-up: one "
            + "tick, at the time of the resume, stands for all of them. After a migration beside the source, do not start the source's pipelines "
            + "again, or both clusters tick.",
    };

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var items = new List<string>();
        foreach (var pipeline in context.Survey.Source.Pipelines)
        {
            foreach (var cron in PipelineInputs.Crons(pipeline.Info))
            {
                items.Add(await DescribeAsync(pipeline, cron, context, cancellationToken));
            }
        }

        return items.Count == 0
            ? CheckResult.Passed("There are no cron inputs")
            : CheckResult.Warning(
                $"{Words.Count(items.Count, "cron input")} will not tick while the migration runs",
                "Choose a time at which no tick is missed that matters, or say --set missedTicks=make-up to have the server make missed ticks at once.",
                items);
    }

    private async Task<string> DescribeAsync(PipelineInventory pipeline, CronInput cron, IStepContext context, CancellationToken cancellationToken)
    {
        var repo = PipelineInputs.RepoOf(pipeline.Info, cron);
        var start = cron.Start?.ToDateTimeOffset();
        var newest = await findNewest(context, repo, cancellationToken);
        return string.Join(
            ", ",
            [
                $"pipeline {pipeline.Name}: ticks \"{cron.Spec}\" into repo {repo}",
                .. start is { } from ? [$"start {Text(from)}"] : Array.Empty<string>(),
                .. newest is { } tick ? [$"newest tick {Text(tick)}"] : Array.Empty<string>(),
                .. Missed(cron, newest ?? start),
            ]);
    }

    private IEnumerable<string> Missed(CronInput cron, DateTimeOffset? countsFrom)
    {
        if (countsFrom is not { } from || CronSchedule.TryParse(cron.Spec)?.Count(from, time.GetUtcNow(), MostCounted) is not (> 0 and var missed))
        {
            return [];
        }

        return [$"{(missed == MostCounted ? "at least " : "")}{Words.Count(missed, "tick")} due since then and not made"];
    }

    /// <summary>A source that does not give it, such as the stand-in of a rehearsal, has no newest tick.</summary>
    public static async Task<DateTimeOffset?> FindNewestAsync(IStepContext context, string repo, CancellationToken cancellationToken)
    {
        try
        {
            return (await CronTick.FindNewestAsync(context.Source.Connect(), repo, cancellationToken))?.Moment;
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            return null;
        }
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
