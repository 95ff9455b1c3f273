using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Pachyderm;

namespace PachUp.Engine.Rehearsals;

/// <summary>Says what a rehearsal does not show.</summary>
internal static class RehearsalLimits
{
    public static ImmutableArray<string> Of(PlanDocument plan, RehearsalReport report, IRehearsalStage stage, OriginSurvey survey) =>
    [
        "The contents of files: in the rehearsal the objects are trees without files, so no file was read back.",
        .. RealTarget(plan, report.Target.Release),
        .. PlatformSteps(plan),
        .. PreviewedSteps(plan),
        .. StandInFor(report.Source.Release, stage.Source),
        .. StandInFor(report.Target.Release, stage.Target),
        .. survey.Gaps,
        "Writers: the source of the rehearsal stands still, and no workers run.",
    ];

    private static IEnumerable<string> RealTarget(PlanDocument plan, Release target) => plan.HasOneCluster
        ? []
        : [$"The real target: whether it is an empty {target} and finds the objects of the source, \"pachup plan\" asks it."];

    private static IEnumerable<string> PlatformSteps(PlanDocument plan) => plan.PlatformSteps() is { Length: > 0 } steps
        ? [$"The deployments: {string.Join(", ", steps)} {(steps.Length == 1 ? "was" : "were")} done to sandboxes ({PlatformsOf(plan)} in the plan)."]
        : [];

    private static IEnumerable<string> PreviewedSteps(PlanDocument plan) => plan.PreviewedSteps()
        .Select(step => $"Step {step.Id} ({step.Step.Name} of {step.Step.Origin}): it was previewed and not executed, because it does not declare that it is safe in a rehearsal.");

    private static string PlatformsOf(PlanDocument plan) =>
        string.Join(" and ", new[] { plan.SourceCluster, plan.TargetCluster }.Select(cluster => $"platform {cluster.Platform}").Distinct());

    private static IEnumerable<string> StandInFor(Release release, StandIn standIn) => standIn.Release == release
        ? []
        : [$"What {release} does otherwise than {standIn.Release}, whose sandbox stood in for it."];
}
