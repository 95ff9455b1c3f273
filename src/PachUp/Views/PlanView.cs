using System.Globalization;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Sdk;

namespace PachUp.Views;

/// <summary>Shows a plan: source and target, the findings, the changes, and every step.</summary>
internal static class PlanView
{
    public static void Write(Page page, PlanPreview plan, ItemLimit limit, DowntimeForecast? forecast = null)
    {
        ConsequencesView.WriteBanner(page, plan, forecast);
        page.Heading($"Plan {plan.PlanName}");
        page.Line(plan.Description, level: 1);
        page.Blank();
        WriteClusters(page, plan);
        page.Blank();
        FindingsView.Write(page, plan.Findings, limit);
        page.Blank();
        ChangesView.Write(page, ChangesView.Ahead, plan.Changes, limit);
        if (!plan.Steps.IsEmpty)
        {
            page.Blank();
            StepsView.Write(page, plan.Steps, limit);
        }

        page.Blank();
        page.Line($"Plan hash: {plan.Hash}");
    }

    private static void WriteClusters(Page page, PlanPreview plan)
    {
        page.Fields(0,
            ("From", plan.Backup is { } backup ? Describe(backup, plan.Source) : Describe(plan.Source)),
            ("", ContentsOf(plan.Source)),
            ("", ObjectsOf(plan.Source)),
            ("To", DescribeTarget(plan)),
            ("", plan.IsInPlace ? "" : ContentsOf(plan.Target)),
            ("", plan.IsInPlace ? "" : ObjectsOf(plan.Target)),
            ("With", string.Join(", ", plan.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"))));
    }

    private static string DescribeTarget(PlanPreview plan) => plan switch
    {
        { Purpose: PlanPurpose.Backup } => "files; the cluster is not changed",
        { Purpose: PlanPurpose.Upgrade } => $"pachd {plan.TargetRelease} on the volumes of the source, at {AddressOf(plan.Target)}",
        { IsInPlace: true } => $"pachd {plan.TargetRelease} in place of the source, at {plan.Target.ShownAddress} (platform {plan.Target.Platform})",
        _ => Describe(plan.Target),
    };

    private static string Describe(BackupFacts backup, ClusterFacts source) =>
        string.Create(CultureInfo.InvariantCulture, $"backup {backup.Path} of pachd {source.Release}, made {backup.ExtractedAt:yyyy-MM-dd HH:mm} UTC");

    private static string Describe(ClusterFacts cluster) =>
        cluster.Release is null ? $"{AddressOf(cluster)}, release not known yet" : $"pachd {cluster.Release} at {AddressOf(cluster)}";

    private static string AddressOf(ClusterFacts cluster) => $"{cluster.ShownAddress} (from {cluster.Origin}, platform {cluster.Platform})";

    private static string ObjectsOf(ClusterFacts cluster) => cluster.Objects is { } access ? $"objects: {access}" : "";

    private static string ContentsOf(ClusterFacts cluster) =>
        cluster.Contents is { } contents ? $"cluster {cluster.ClusterId}: {ContentsOf(contents)}" : "";

    /// <summary>The contents of a cluster in words.</summary>
    public static string ContentsOf(ClusterContents contents) => contents is { Repos: 0, Pipelines: 0 }
        ? "empty"
        : string.Join(", ",
            Words.Count(contents.Repos, "repo"),
            Words.Count(contents.Branches, "branch"),
            Words.Count(contents.Commits, "commit"),
            Words.Count(contents.Pipelines, "pipeline"),
            Words.Bytes(contents.Bytes));
}
