using System.Collections.Immutable;
using PachUp.Engine.Plans;
using PachUp.Engine.Steps;
using PachUp.Sdk;

namespace PachUp.Engine.Rehearsals;

/// <summary>Changes a plan for a rehearsal: other clusters, and all files in the directory of the rehearsal.</summary>
public static class RehearsedPlan
{
    private const string AddressOrigin = "the rehearsal";

    /// <summary>The plan with another target. A plan of one cluster is not changed.</summary>
    internal static PlanDocument To(this PlanDocument plan, StandIn target) => plan.HasOneCluster
        ? plan
        : plan with
        {
            TargetCluster = plan.TargetCluster.At(target),
            Overrides = plan.Overrides with { Target = target.Address, TargetPeer = null },
        };

    /// <summary>
    /// The plan as the rehearsal runs it: all files of its steps are in one directory, and steps that do not declare themselves safe are only previewed.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="directory">The directory.</param>
    public static PlanDocument InRehearsal(this PlanDocument plan, string directory) =>
        plan with { Steps = [.. plan.Steps.Select(step => step with { Step = Rehearsed(step.Step, directory) })] };

    /// <summary>The plan as the rehearsal runs it, with the clusters of the rehearsal.</summary>
    internal static PlanDocument On(this PlanDocument plan, IRehearsalClusters clusters, string directory) => plan.InRehearsal(directory) with
    {
        SourceCluster = plan.SourceCluster.At(clusters.Source),
        TargetCluster = plan.TargetCluster.At(clusters.Target),
        Overrides = plan.OverridesAt(clusters.Source.Address, clusters.Target.Address),
    };

    /// <summary>The ids of the steps that a platform does.</summary>
    internal static ImmutableArray<string> PlatformSteps(this PlanDocument plan) =>
        [.. plan.Steps.Where(step => step.Step.Traits.ActsOnDeployment).Select(step => step.Id)];

    /// <summary>The steps that are only previewed.</summary>
    internal static IEnumerable<PlanStep> PreviewedSteps(this PlanDocument plan) => plan.Steps.Where(step => !step.Step.Traits.IsSafeInRehearsal);

    private static StepDescriptor Rehearsed(StepDescriptor step, string directory) => step.Traits.IsSafeInRehearsal
        ? step.WithArguments(arguments => Within(arguments, directory))
        : step.PreviewedOnly();

    private static PlanCluster At(this PlanCluster cluster, StandIn standIn) => cluster with { Address = standIn.Address, AddressOrigin = AddressOrigin, Peer = "" };

    private static object Within(object arguments, string directory) => arguments is IWritesFiles files ? files.Within(directory) : arguments;
}
