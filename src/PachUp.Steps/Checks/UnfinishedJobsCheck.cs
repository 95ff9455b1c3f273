using PachUp.Common.Text;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;

namespace PachUp.Steps.Checks;

/// <summary>Finds jobs that have not ended. No extract contains jobs; stopping the pipelines kills these jobs.</summary>
internal sealed class UnfinishedJobsCheck : ICheck
{
    public string Name => "unfinished-jobs";

    public string Question => "Are there unfinished jobs on the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Before 1.9.6 no extract contains jobs. An unfinished job leaves an open commit in its output repo, which the official procedure "
            + "cannot restore (\"cannot start a commit on an output branch\").",
        WhenPassed = "Every job has ended.",
        WhenWarned = "Stopping the pipelines kills the named jobs; the target computes their output again. If that is too expensive, let the pause "
            + "step wait for them: jobs: wait (with the shipped plans: --set jobs=wait).",
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
                "Stopping the pipelines kills these jobs; the target computes their output again. If that is too expensive, let the pause step "
                    + "wait for them: jobs: wait (with the shipped plans: --set jobs=wait).",
                jobs.Select(job => $"job {job.Job?.Id} of pipeline {job.Pipeline?.Name}: {JobProgress.Of(job)}"));
    }
}
