using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Rehearsals;

/// <summary>
/// Runs a plan between two sandbox clusters: reads the metadata of the real source, loads it into the source of the rehearsal, runs the whole plan,
/// and reports the result.
/// </summary>
/// <param name="request">The inputs of the rehearsal.</param>
public sealed class Rehearser(RehearsalRequest request)
{
    private PlanDocument Plan => request.Plan.Document;

    /// <summary>The checks of the target. In a rehearsal the target is a sandbox.</summary>
    private ImmutableHashSet<string> TargetChecks => NamesOfChecks(check => check.IsAboutTarget);

    /// <summary>The checks that need a running source.</summary>
    private ImmutableHashSet<string> SourceChecks => NamesOfChecks(check => check.NeedsLiveSource);

    /// <summary>Runs the rehearsal.</summary>
    /// <param name="display">Shows what happens.</param>
    /// <param name="cancellationToken">Stops the rehearsal.</param>
    public async Task<RehearsalReport> RehearseAsync(IRehearsalDisplay display, CancellationToken cancellationToken)
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

        await using var clusters = await request.StartClusters(new RehearsalReleases(release, target, Plan.HasOneCluster), cancellationToken);
        return await RehearseAsync(report, clusters, display, cancellationToken);
    }

    private async Task<RehearsalReport> RehearseAsync(
        RehearsalReport report, IRehearsalClusters clusters, IRehearsalDisplay display, CancellationToken cancellationToken)
    {
        var survey = await display.LookAsync(
            progress => request.Origin.SurveyAsync(request.Plan with { Progress = progress }, clusters, cancellationToken));
        await using var plan = await display.LookAsync(
            progress => Planner.PlanAsync(PlanOnSandboxes(clusters) with { Progress = progress }, cancellationToken));
        report = Describe(report, plan.Preview, clusters, survey);
        if (report.Findings.Any(IsRefusal))
        {
            return report;
        }

        var runner = new Runner(request.Directory, request.Time);
        var run = await display.RunAsync(observer => runner.ApplyAsync(plan, observer, cancellationToken));
        report = report with
        {
            Outcome = run.Outcome,
            Steps = run.Steps,
            Failure = run.Failure,
            TargetRefusal = clusters.Refusal,
            Verification = run.Verification,
            Estimate = run.Outcome == RunOutcome.Done
                ? Estimator.Estimate(Measurements.Of(run, survey, Plan.PlatformSteps().ToHashSet(StringComparer.Ordinal), request.RealState))
                : null,
        };
        ForecastOf(report, plan.Preview)?.TryWrite(request.RealState);
        return report;
    }

    private DowntimeForecast? ForecastOf(RehearsalReport report, PlanPreview rehearsed) => report is { Estimate: { } estimate, Source.ClusterId: { } cluster }
        ? new DowntimeForecast(
            Plan.Name, cluster, report.Target.Release, rehearsed.CarriesObjects, estimate.LeastTime, estimate.MostTime, request.Time.GetUtcNow())
        {
            Steps = report.Steps
                .Where(step => step.Duration is not null && !Plan.PlatformSteps().Contains(step.Id))
                .ToImmutableSortedDictionary(step => step.Id, step => step.Duration!.Value),
        }
        : null;

    private PlanRequest PlanOnSandboxes(IRehearsalClusters clusters)
    {
        var files = Path.Combine(request.Directory.Path, "files");
        PrivateDirectory.Create(files);
        return request.Plan with { Document = Plan.On(clusters, files), Platform = clusters.Platform };
    }

    private RehearsalReport Describe(RehearsalReport report, PlanPreview rehearsed, IRehearsalClusters clusters, OriginSurvey survey) => report with
    {
        Source = report.Source with
        {
            StandIn = Other(report.Source.Release, clusters.Source),
            ClusterId = survey.ClusterId is { Length: > 0 } id ? id : null,
            Contents = survey.Contents,
        },
        Target = report.Target with { StandIn = Other(report.Target.Release, clusters.Target) },
        Findings = FindingsOf(rehearsed, survey),
        Changes = rehearsed.Changes,
        NotRehearsed = RehearsalLimits.Of(Plan, report, clusters, survey),
    };

    private static Release? Other(Release real, StandIn standIn) => standIn.Release == real ? null : standIn.Release;

    /// <summary>The findings on the real cluster, and the refusals that only the rehearsal found.</summary>
    private ImmutableArray<Finding> FindingsOf(PlanPreview rehearsed, OriginSurvey survey)
    {
        if (survey.Findings is not { } found)
        {
            return WithoutMeaningless(rehearsed.Findings, TargetChecks.Union(SourceChecks));
        }

        var refusedInRehearsal = rehearsed.Findings.Where(IsRefusal).ExceptBy(found.Where(IsRefusal).Select(finding => finding.Check), finding => finding.Check);
        return WithoutMeaningless(found.Concat(refusedInRehearsal), TargetChecks);
    }

    /// <summary>Removes the findings about a sandbox that replaces the cluster of the check, except refusals, which stop the rehearsal.</summary>
    private static ImmutableArray<Finding> WithoutMeaningless(IEnumerable<Finding> findings, ImmutableHashSet<string> aboutStandIns) =>
        [.. findings.Where(finding => IsRefusal(finding) || !aboutStandIns.Contains(finding.Check))];

    private ImmutableHashSet<string> NamesOfChecks(Func<ICheck, bool> condition) =>
        [.. request.Plan.Catalogue.Checks.Where(condition).Select(check => check.Name)];

    private static bool IsRefusal(Finding finding) => finding.Result.Outcome == CheckOutcome.Refused;
}
