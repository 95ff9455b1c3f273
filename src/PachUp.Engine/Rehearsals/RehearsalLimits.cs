using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Pachyderm;

namespace PachUp.Engine.Rehearsals;

/// <summary>Lists what a rehearsal does not test.</summary>
internal static class RehearsalLimits
{
    public static ImmutableArray<string> Of(PlanDocument plan, RehearsalReport report, IRehearsalClusters clusters, OriginSurvey survey) =>
    [
        "The contents of files: the rehearsal has no file content, so no file was read back.",
        .. RealTarget(plan, report.Target.Release),
        .. PlatformSteps(plan),
        .. PreviewedSteps(plan),
        .. StandInFor(report.Source.Release, clusters.Source),
        .. StandInFor(report.Target.Release, clusters.Target),
        .. survey.Gaps,
        "Writers and workers: nothing writes to the source of the rehearsal, and no workers run.",
    ];

    private static IEnumerable<string> RealTarget(PlanDocument plan, Release target) => plan.HasOneCluster
        ? []
        : [$"The real target: \"pachup plan\" checks that it is an empty {target} and can read the objects of the source."];

    private static IEnumerable<string> PlatformSteps(PlanDocument plan) => plan.PlatformSteps() is { Length: > 0 } steps
        ? [$"The deployments: {string.Join(", ", steps)} {(steps.Length == 1 ? "was" : "were")} done in sandboxes. The plan uses {PlatformsOf(plan)}."]
        : [];

    private static IEnumerable<string> PreviewedSteps(PlanDocument plan) => plan.PreviewedSteps()
        .Select(step => $"Step {step.Id} ({step.Step.Name} of {step.Step.Origin}): it was previewed but not executed, because it does not declare that it is safe in a rehearsal.");

    private static string PlatformsOf(PlanDocument plan) =>
        string.Join(" and ", new[] { plan.SourceCluster, plan.TargetCluster }.Select(cluster => $"platform {cluster.Platform}").Distinct());

    private static IEnumerable<string> StandInFor(Release release, StandIn standIn) => standIn.Release == release
        ? []
        : [$"Differences between {release} and {standIn.Release}: the rehearsal used a sandbox of {standIn.Release}."];
}
