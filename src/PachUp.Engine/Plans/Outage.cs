using System.Collections.Immutable;
using PachUp.Engine.Lookups;
using PachUp.Sdk;

namespace PachUp.Engine.Plans;

/// <summary>Something of the source that does not work while a plan is carried out, from which step to which.</summary>
/// <param name="What">What does not work: pipelines and writers (<see cref="Downtime.Writers"/>), or the whole cluster.</param>
/// <param name="From">The step that begins it.</param>
/// <param name="FromNumber">The number of that step in the plan, from 1.</param>
/// <param name="Until">The step that ends it; null if it lasts after the run.</param>
/// <param name="UntilNumber">The number of that step; null if it lasts after the run.</param>
public sealed record Outage(Downtime What, string From, int FromNumber, string? Until, int? UntilNumber)
{
    /// <summary>The outages of a plan, in the order in which they begin.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scope">The values that its arguments look up.</param>
    /// <param name="isInPlace">Whether what the target does again, the address of the source does again.</param>
    internal static ImmutableArray<Outage> Of(PlanDocument plan, LookupScope scope, bool isInPlace)
    {
        ImmutableArray<PlanStep> steps = plan.Steps;
        return
        [
            .. new[]
            {
                Find(steps, Downtime.Writers, step => step.Step.Traits.KeepsWritersOut, step => step.Step.Traits.LetsWritersIn && (isInPlace || step.ChosenCluster(scope) == ClusterChoice.Source)),
                isInPlace
                    ? Find(steps, Downtime.Cluster, step => step.Step.Traits.RemovesSource, step => step.Step.Traits.FillsTarget || step.Step.Traits.DeploysTarget)
                    : null,
            }.OfType<Outage>().OrderBy(outage => outage.FromNumber),
        ];
    }

    private static Outage? Find(ImmutableArray<PlanStep> steps, Downtime what, Func<PlanStep, bool> begins, Func<PlanStep, bool> ends)
    {
        if (steps.FirstOrDefault(begins) is not { } first)
        {
            return null;
        }

        var last = steps.LastOrDefault(ends);
        return new Outage(what, first.Id, steps.IndexOf(first) + 1, last?.Id, last is null ? null : steps.IndexOf(last) + 1);
    }
}
