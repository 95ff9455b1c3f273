using System.Collections.Immutable;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Routes;

/// <summary>Creates hops with their plans and warnings.</summary>
internal sealed class HopBuilder(ReleaseCatalogue releases, ImmutableArray<ShippedPlan> plans)
{
    public Hop Upgrade(Release from, Release to) => Complete(
        new Hop { Kind = HopKind.Upgrade, From = from, To = to, Warnings = [.. Advice(to)] },
        plans.Where(plan => plan.Purpose == PlanPurpose.Upgrade));

    public Hop Migrate(Release from, Release to) => Complete(
        new Hop { Kind = HopKind.Migrate, From = from, To = to, Warnings = [.. BetterUpgradeFirst(from), .. Advice(to), .. Defects(from, to)] },
        plans.Where(plan => plan.Purpose is PlanPurpose.Migration or PlanPurpose.Reload && plan.FromLine == from.Line && plan.ToLine == to.Line));

    /// <summary>Plans in place come first, because they need no second cluster. Plans without history come last.</summary>
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
            ? [$"{latest} is the latest release of line {from.Line}: upgrade to it first, because {ReasonsToUpgrade.Between(from, latest)}."]
            : [];

    private IEnumerable<string> Advice(Release to) =>
        TargetReleaseAdvice.For(to, releases) is { Remedy.Length: > 0 } advice ? [advice.Remedy] : [];

    /// <summary>Only defects that need an action of the user. The plan shows the defects that PachUp avoids.</summary>
    private static IEnumerable<string> Defects(Release from, Release to) =>
        KnownDefects.All.Where(defect => defect.AvoidedBy is null && defect.Concerns(from, to)).Select(defect => $"{defect}");
}
