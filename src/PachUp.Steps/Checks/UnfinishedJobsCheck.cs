using PachUp.Common.Text;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;

namespace PachUp.Steps.Checks;

/// <summary>Jobs are not part of an extract; those that have not ended are broken off when their pipelines are stopped.</summary>
internal sealed class UnfinishedJobsCheck : ICheck
{
    public string Name => "unfinished-jobs";

    public string Question => "Are there jobs on the source that have not ended?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Jobs are in no extract before 1.9.6. One that has not ended leaves an open commit in its output repo, which the official procedure "
            + "cannot restore (\"cannot start a commit on an output branch\").",
        WhenPassed = "Every job has ended.",
        WhenWarned = "The jobs that are named are broken off when their pipelines are stopped, and computed again on the target. Where that is dear, "
            + "let the step that pauses wait for them: jobs: wait (--set jobs=wait with the shipped plans).",
        Issues = [4661, 4694, 4695, 4676],
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public bool NeedsLiveSource => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var jobs = await context.Source.Connect().ListUnfinishedJobsAsync(cancellationToken);
        return jobs.Count == 0
            ? CheckResult.Passed("All jobs have ended")
            : CheckResult.Warning(
                $"{Words.Count(jobs.Count, "job")} on the source {(jobs.Count == 1 ? "has" : "have")} not ended",
                "They are broken off when the pipelines are stopped, and their output is computed again on the target. Where that is dear, "
                    + "let the step that pauses wait for them: jobs: wait (--set jobs=wait with the shipped plans).",
                jobs.Select(job => $"job {job.Job?.Id} of pipeline {job.Pipeline?.Name}: {JobProgress.Of(job)}"));
    }
}
