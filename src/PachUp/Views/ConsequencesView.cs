using System.Globalization;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;

namespace PachUp.Views;

/// <summary>What is about to happen to which cluster, and what does not work meanwhile: the last thing to read before saying yes.</summary>
internal static class ConsequencesView
{
    public static void Write(Page page, PlanPreview plan, DowntimeForecast? forecast)
    {
        page.Heading($"About to apply {plan.PlanName} ({plan.Hash}):");
        page.Fields(1,
            ("Source", SourceOf(plan)),
            ("Target", TargetOf(plan)),
            ("Stops", string.Join(" ", plan.Outages.Select(outage => Describe(outage, plan)))),
            ("Takes", plan.Outages.IsEmpty ? "" : DurationOf(plan, forecast)));
    }

    /// <summary>The warning above a plan that takes the source down; nothing for other plans.</summary>
    public static void WriteBanner(Page page, PlanPreview plan, DowntimeForecast? forecast)
    {
        if (plan.ReplacesSource)
        {
            page.Hang(Look.Warning("IN PLACE: "), string.Join(" ", plan.Outages.Select(outage => Describe(outage, plan)).Prepend($"{plan.Source.ShownAddress} is taken down and replaced.")));
            page.Hang(Look.Warning("Downtime: "), DurationOf(plan, forecast));
            page.Blank();
        }
    }

    /// <summary>What does not work, from which step to which, in one sentence.</summary>
    public static string Describe(Outage outage, PlanPreview plan)
    {
        var span = outage.UntilNumber is null
            ? $"From step {outage.FromNumber} ({outage.From}) on"
            : $"From step {outage.FromNumber} ({outage.From}) to step {outage.UntilNumber} ({outage.Until})";
        return outage.What == Downtime.Cluster
            ? $"{span}, pachd does not answer."
            : $"{span}, pipelines do not run and nothing may write to {plan.Source.Name}{(outage.Until is null ? ", also after the run" : "")}.";
    }

    private static StyledText SourceOf(PlanPreview plan) => plan.Backup is { } backup
        ? $"backup {backup.Path} of pachd {plan.Source.Release}"
        : $"pachd {plan.Source.Release} at {plan.Source.ShownAddress}{Id(plan.Source)}";

    private static StyledText TargetOf(PlanPreview plan) => plan switch
    {
        { Purpose: Sdk.PlanPurpose.Backup } => "files; the cluster is not changed",
        { ReplacesSource: true } => Look.Warning($"pachd {plan.TargetRelease} IN PLACE of the source, at the same address"),
        { Backup: not null } => $"pachd {plan.TargetRelease} at {plan.Target.ShownAddress}{Id(plan.Target)}",
        _ => $"pachd {plan.TargetRelease} at {plan.Target.ShownAddress}{Id(plan.Target)}, side by side with the source",
    };

    private static string Id(ClusterFacts cluster) => cluster.ClusterId is { } id ? $", cluster {id}" : "";

    private static string DurationOf(PlanPreview plan, DowntimeForecast? forecast) => forecast is null
        ? $"not measured yet: \"pachup rehearse {plan.PlanName}\" measures it with the metadata of this cluster, and changes nothing."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Words.Duration(forecast.LeastTime)} to {Words.Duration(forecast.MostTime)}, and the time to deploy (rehearsed on {forecast.MadeAt:yyyy-MM-dd}).");
}
