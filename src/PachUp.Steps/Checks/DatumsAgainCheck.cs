using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>What it costs that the target processes datums again: the work that the source had with them.</summary>
internal sealed class DatumsAgainCheck : ICheck
{
    public string Name => "datums-again";

    public string Question => "Does the target process datums again that were processed?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Workers find the results of datums by tags, and results name the blocks that they lie in. A target that is sent content as objects "
            + "puts it into new blocks, and results of 1.7 have another form than those of later releases: there every datum is processed again.",
        WhenPassed = "The target finds the results of datums in its bucket, or no datum was processed.",
        WhenWarned = "The datums of the pipelines that are named are processed again, which takes about as long as it did on the source. A copy of "
            + "the bucket (objects=false) keeps results of 1.8 and later.",
        Releases = "objects that are sent, and sources of 1.7",
        Issues = [3864],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload;

    public bool NeedsLiveSource => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var source = context.Survey.Source;
        var keepsResults = ReleaseTraits.Of(source.Release).OutputNamesBlocks;
        if (keepsResults && !context.CarriesObjects && context.Purpose != PlanPurpose.Reload)
        {
            return CheckResult.Passed("The target finds the results of datums in its bucket");
        }

        var running = source.Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name).ToHashSet(StringComparer.Ordinal);
        var work = await WorkOfAsync(context, running, cancellationToken);
        return work.Count == 0
            ? CheckResult.Passed("No job of a pipeline that runs has processed a datum")
            : CheckResult.Warning(
                $"{Words.Count(work.Sum(each => each.Datums), "datum")} of {Words.Count(work.Count, "pipeline")} are processed again; "
                    + $"the jobs that processed them took {Words.Duration(Sum(work))} on the source",
                keepsResults
                    ? "Plan for the time, or give the target a copy of the bucket and say --set objects=false: then nothing is processed again."
                    : "Plan for the time: the release of the target cannot use results of the source.",
                work.Select(each => $"pipeline {each.Pipeline}: {Words.Count(each.Datums, "datum")} in {Words.Count(each.Jobs, "job")}, {Words.Duration(each.Time)}"));
    }

    private static async Task<List<Work>> WorkOfAsync(IStepContext context, HashSet<string> pipelines, CancellationToken cancellationToken)
    {
        var work = new SortedDictionary<string, Work>(StringComparer.Ordinal);
        await foreach (var job in context.Source.Connect().ListJobsAsync(cancellationToken).Where(job => job.DataProcessed > 0))
        {
            if (job.Pipeline?.Name is { } pipeline && pipelines.Contains(pipeline))
            {
                var before = work.GetValueOrDefault(pipeline) ?? new Work(pipeline, 0, 0, TimeSpan.Zero);
                work[pipeline] = new Work(pipeline, before.Datums + job.DataProcessed, before.Jobs + 1, before.Time + TimeOf(job));
            }
        }

        return [.. work.Values];
    }

    private static TimeSpan TimeOf(JobInfo job) =>
        job is { Started: { } started, Finished: { } finished } ? finished.ToDateTimeOffset() - started.ToDateTimeOffset() : TimeSpan.Zero;

    private static TimeSpan Sum(IEnumerable<Work> work) => work.Aggregate(TimeSpan.Zero, (sum, each) => sum + each.Time);

    /// <summary>What a pipeline's jobs had to do.</summary>
    private sealed record Work(string Pipeline, long Datums, int Jobs, TimeSpan Time);
}
