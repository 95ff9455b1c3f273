using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Tells how much work the target repeats: the datums that the source has processed and the target processes again.</summary>
internal sealed class DatumsAgainCheck : ICheck
{
    public string Name => "datums-again";

    public string Question => "Will the target process datums again that the source has processed?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Workers find the result of a datum by its tag, and the result names the blocks that hold it. If content is sent as objects, the "
            + "target puts it into new blocks and cannot use old results. Results of 1.7 have another format than later releases, so after 1.7 "
            + "every datum is processed again. Streams of 1.9.6 and later contain the blocks themselves, under their names.",
        WhenPassed = "The target finds the results of datums in its bucket, or no datum was processed.",
        WhenWarned = "The target processes the datums of the named pipelines again, which takes about as long as on the source. To keep results of "
            + "1.8 and later, give the target a copy of the bucket (objects=false).",
        Releases = "all plans that send objects, and all sources of 1.7",
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

        if (SendsBlocks(context) && context.Purpose != PlanPurpose.Reload)
        {
            return CheckResult.Passed("The plan sends the results of datums: the blocks that hold them, under their names, and their tags");
        }

        var running = source.Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name).ToHashSet(StringComparer.Ordinal);
        var work = await WorkOfAsync(context, running, cancellationToken);
        return work.Count == 0
            ? CheckResult.Passed("No job of a running pipeline has processed a datum")
            : CheckResult.Warning(
                $"the target will process {Words.Count(work.Sum(each => each.Datums), "datum")} of {Words.Count(work.Count, "pipeline")} again; "
                    + $"the jobs that processed them took {Words.Duration(Sum(work))} on the source",
                keepsResults
                    ? "Allow for this time. Or give the target a copy of the bucket and use --set objects=false: then nothing is processed again."
                    : "Allow for this time: the target's release cannot use results of the source.",
                work.Select(each => $"pipeline {each.Pipeline}: {Words.Count(each.Datums, "datum")} in {Words.Count(each.Jobs, "job")}, {Words.Duration(each.Time)}"));
    }

    private static bool SendsBlocks(IStepContext context) =>
        ReleaseTraits.Of(context.Survey.Source.Release).ExtractsOutputs && ReleaseTraits.Of(context.TargetRelease).ExtractsOutputs;

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

    /// <summary>The work that the jobs of one pipeline did.</summary>
    private sealed record Work(string Pipeline, long Datums, int Jobs, TimeSpan Time);
}
