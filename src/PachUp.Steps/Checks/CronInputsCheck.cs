using System.Globalization;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Finds pipelines with cron inputs. Cron ticks must not happen during a migration, nor in both clusters after it.</summary>
/// <param name="time">The clock.</param>
/// <param name="findNewest">Finds the time of the newest tick in a repo of the source; null if there is none or the source does not tell it.</param>
internal sealed class CronInputsCheck(TimeProvider time, Func<IStepContext, string, CancellationToken, Task<DateTimeOffset?>> findNewest) : ICheck
{
    private const int MostCounted = 100_000;

    public string Name => "cron-inputs";

    public string Question => "Does any pipeline have a cron input?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A cron tick writes into the repo PIPELINE_INPUT. A tick during an extract makes an archive that cannot be restored (\"commit ... "
            + "not found\"). When pachd creates a pipeline with a cron input, it makes all ticks at once that are due since the start of the "
            + "input, and stopping the pipeline does not always prevent this. A tick during a restore gets between the restored commits. So PachUp "
            + "creates cron pipelines on the target in the resume step, after everything else has arrived; pachd then continues from the newest "
            + "tick.",
        WhenPassed = "No pipeline has a cron input.",
        WhenWarned = "No tick happens during the migration. Missed ticks are skipped: one tick at the time of the resume stands for all of them. "
            + "With missedTicks=make-up pachd makes all missed ticks. After a side-by-side migration, do not start the pipelines of the source "
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
            ? CheckResult.Passed("No pipeline has a cron input")
            : CheckResult.Warning(
                $"{Words.Count(items.Count, "cron input")} will not tick during the migration",
                "Migrate at a time when no important tick is due, or use --set missedTicks=make-up: pachd then makes all missed ticks after the migration.",
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

        return [$"{(missed == MostCounted ? "at least " : "")}{Words.Count(missed, "tick")} due since then but not made"];
    }

    /// <summary>Finds the newest tick; null if the source does not tell it, for example in a rehearsal.</summary>
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
