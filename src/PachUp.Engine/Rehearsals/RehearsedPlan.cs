using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Engine.Steps;

namespace PachUp.Engine.Rehearsals;

/// <summary>A plan with other clusters than its own, and with its files in the directory of the rehearsal.</summary>
internal static class RehearsedPlan
{
    private const string AddressOrigin = "the rehearsal";

    /// <summary>The plan with another target; a plan of one cluster keeps its own.</summary>
    public static PlanDocument To(this PlanDocument plan, StandIn target) => plan.HasOneCluster
        ? plan
        : plan with
        {
            TargetCluster = plan.TargetCluster.At(target),
            Overrides = plan.Overrides with { Target = target.Address },
        };

    /// <summary>The plan between other clusters, with all files of its steps in one directory.</summary>
    public static PlanDocument On(this PlanDocument plan, IRehearsalStage stage, string directory) => plan with
    {
        SourceCluster = plan.SourceCluster.At(stage.Source),
        TargetCluster = plan.TargetCluster.At(stage.Target),
        Overrides = plan.OverridesAt(stage.Source.Address, stage.Target.Address),
        Steps = [.. plan.Steps.Select(step => step with { Step = step.Step.WithArguments(arguments => Within(arguments, directory)) })],
    };

    /// <summary>The steps that are asked of a platform, by their ids.</summary>
    public static ImmutableArray<string> PlatformSteps(this PlanDocument plan) =>
        [.. plan.Steps.Where(step => step.Step.Name.StartsWith("platform/", StringComparison.Ordinal)).Select(step => step.Id)];

    private static PlanCluster At(this PlanCluster cluster, StandIn standIn) => cluster with { Address = standIn.Address, AddressOrigin = AddressOrigin };

    private static object Within(object arguments, string directory) => arguments is IFileArguments files ? files.Within(directory) : arguments;
}
