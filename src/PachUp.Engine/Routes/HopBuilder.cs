using System.Collections.Immutable;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Routes;

/// <summary>Makes hops, with the plan that does each and what is to be known before.</summary>
internal sealed class HopBuilder(ReleaseCatalogue releases, ImmutableArray<ShippedPlan> plans)
{
    public Hop Upgrade(Release from, Release to) => Complete(
        new Hop { Kind = HopKind.Upgrade, From = from, To = to, Warnings = [.. Advice(to)] },
        plans.Where(plan => plan.Purpose == PlanPurpose.Upgrade));

    public Hop Migrate(Release from, Release to) => Complete(
        new Hop { Kind = HopKind.Migrate, From = from, To = to, Warnings = [.. BetterUpgradeFirst(from), .. Advice(to), .. Defects(from, to)] },
        plans.Where(plan => plan.Purpose is PlanPurpose.Migration or PlanPurpose.Reload && plan.FromLine == from.Line && plan.ToLine == to.Line));

    /// <summary>In place comes first, since that needs no second cluster; a plan that leaves history behind comes last.</summary>
    private static Hop Complete(Hop hop, IEnumerable<ShippedPlan> fitting)
    {
        var ordered = fitting.OrderBy(plan => plan.Purpose).ThenByDescending(plan => plan.Downtime).ThenBy(plan => plan.Name, StringComparer.Ordinal).ToList();
        return ordered is not [var first, .. var others] ? hop : hop with
        {
            Plan = first.Name,
            OtherPlans = [.. others.Select(plan => plan.Name)],
            Downtime = first.Downtime,
        };
    }

    private IEnumerable<string> BetterUpgradeFirst(Release from) =>
        releases.LatestOf(from.Line)?.Release is { } latest && from < latest
            ? [$"{latest} is the latest {from.Line}; better upgrade to it first, because {ReasonsToUpgrade.ToGo(from, latest)}."]
            : [];

    private IEnumerable<string> Advice(Release to) =>
        TargetReleaseAdvice.For(to, releases) is { Remedy.Length: > 0 } advice ? [advice.Remedy] : [];

    /// <summary>What PachUp avoids by itself is shown by the plan; here only what somebody has to do something about.</summary>
    private static IEnumerable<string> Defects(Release from, Release to) =>
        KnownDefects.All.Where(defect => defect.AvoidedBy is null && defect.Concerns(from, to)).Select(defect => $"{defect}");
}
