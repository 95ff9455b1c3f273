using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Rehearsals;

/// <summary>
/// Carries a plan out between two clusters that stand in for the real ones: asks the real source, fills the stand-in with its metadata, runs the
/// whole plan, and says what would happen.
/// </summary>
/// <param name="request">What it is made from.</param>
public sealed class Rehearser(RehearsalRequest request)
{
    private PlanDocument Plan => request.Plan.Document;

    /// <summary>The checks that are about the target, which in a rehearsal is a stand-in.</summary>
    private ImmutableHashSet<string> TargetChecks => NamesOfChecks(check => check.IsAboutTarget);

    /// <summary>The checks that only a source that answers can be asked.</summary>
    private ImmutableHashSet<string> SourceChecks => NamesOfChecks(check => check.NeedsLiveSource);

    /// <summary>Rehearses.</summary>
    /// <param name="announceRun">Called when everything was asked and the run begins; shows the run while it happens.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<RehearsalReport> RehearseAsync(
        Func<Func<IRunObserver, Task<RunResult>>, Task<RunResult>> announceRun, CancellationToken cancellationToken)
    {
        var (release, isGuessed) = await request.Origin.GetReleaseAsync(cancellationToken);
        var target = Plan.Destination.Of(release, request.Plan.Releases);
        var report = new RehearsalReport
        {
            PlanName = Plan.Name,
            Source = new RehearsedSource(request.Origin.Name, release, isGuessed),
            Target = new RehearsedTarget(target),
            Outcome = RunOutcome.Refused,
            Findings = ReleaseFindings.Of(request.Plan, release, target),
        };
        if (report.Findings.Any(IsRefusal))
        {
            return report;
        }

        await using var stage = await request.BuildStage(new RehearsalCast(release, target, Plan.HasOneCluster), cancellationToken);
        return await RehearseAsync(report, stage, announceRun, cancellationToken);
    }

    private async Task<RehearsalReport> RehearseAsync(
        RehearsalReport report,
        IRehearsalStage stage,
        Func<Func<IRunObserver, Task<RunResult>>, Task<RunResult>> announceRun,
        CancellationToken cancellationToken)
    {
        var survey = await request.Origin.SurveyAsync(request.Plan, stage, cancellationToken);
        await using var plan = await Planner.PlanAsync(StagedPlan(stage), cancellationToken);
        report = Describe(report, plan.Preview, stage, survey);
        if (report.Findings.Any(IsRefusal))
        {
            return report;
        }

        var runner = new Runner(request.Directory, request.Time);
        var run = await announceRun(observer => runner.ApplyAsync(plan, observer, cancellationToken));
        return report with
        {
            Outcome = run.Outcome,
            Steps = run.Steps,
            Failure = run.Failure,
            TargetRefusal = stage.Refusal,
            Verification = run.Verification,
            Estimate = run.Outcome == RunOutcome.Done
                ? Estimator.Estimate(Measurements.Of(run, survey, Plan.PlatformSteps().ToHashSet(StringComparer.Ordinal), request.RealState))
                : null,
        };
    }

    private PlanRequest StagedPlan(IRehearsalStage stage)
    {
        var files = Path.Combine(request.Directory.Path, "files");
        PrivateFile.CreateDirectory(files);
        return request.Plan with { Document = Plan.On(stage, files), Platform = stage.Platform };
    }

    private RehearsalReport Describe(RehearsalReport report, PlanPreview staged, IRehearsalStage stage, OriginSurvey survey) => report with
    {
        Source = report.Source with
        {
            StandIn = Other(report.Source.Release, stage.Source),
            ClusterId = survey.ClusterId is { Length: > 0 } id ? id : null,
            Contents = survey.Contents,
        },
        Target = report.Target with { StandIn = Other(report.Target.Release, stage.Target) },
        Findings = FindingsOf(staged, survey),
        Changes = staged.Changes,
        NotRehearsed = RehearsalLimits.Of(Plan, report, stage, survey),
    };

    private static Release? Other(Release real, StandIn standIn) => standIn.Release == real ? null : standIn.Release;

    /// <summary>What the checks found on the real cluster, and what only those of the rehearsal refuse.</summary>
    private ImmutableArray<Finding> FindingsOf(PlanPreview staged, OriginSurvey survey)
    {
        if (survey.Findings is not { } found)
        {
            return WithoutMeaningless(staged.Findings, TargetChecks.Union(SourceChecks));
        }

        var refusedOnStage = staged.Findings.Where(IsRefusal).ExceptBy(found.Where(IsRefusal).Select(finding => finding.Check), finding => finding.Check);
        return WithoutMeaningless(found.Concat(refusedOnStage), TargetChecks);
    }

    /// <summary>Leaves out what a stand-in was asked in the place of the cluster that the check is about, unless it stops the rehearsal.</summary>
    private static ImmutableArray<Finding> WithoutMeaningless(IEnumerable<Finding> findings, ImmutableHashSet<string> aboutStandIns) =>
        [.. findings.Where(finding => IsRefusal(finding) || !aboutStandIns.Contains(finding.Check))];

    private ImmutableHashSet<string> NamesOfChecks(Func<ICheck, bool> condition) =>
        [.. request.Plan.Catalogue.Checks.Where(condition).Select(check => check.Name)];

    private static bool IsRefusal(Finding finding) => finding.Result.Outcome == CheckOutcome.Refused;
}
