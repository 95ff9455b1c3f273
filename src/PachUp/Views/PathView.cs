using System.Collections.Immutable;
using System.Globalization;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Plans;
using PachUp.Engine.Routes;

namespace PachUp.Views;

/// <summary>Shows the path from one release to another, step by step.</summary>
internal static class PathView
{
    public static void Write(Page page, MigrationPath way)
    {
        if (way.Outcome != MigrationPathOutcome.Found)
        {
            page.Line(way.Outcome == MigrationPathOutcome.AlreadyThere ? Look.Good(way.Reason) : Look.Bad(way.Reason));
            return;
        }

        page.Heading($"From {way.From} to {way.To}: {Words.Count(way.Hops.Length, "step")}");
        Write(page, way.Hops);
        foreach (var other in way.Alternatives)
        {
            page.Blank();
            page.Heading($"Or in {Words.Count(other.Hops.Length, "step")}: {Chain(other.Hops)}");
            page.Line(other.Remark, level: 1);
        }
    }

    /// <summary>Shows which step of a path a plan is for; nothing if the user named the plan.</summary>
    public static void WriteHop(Page page, string summary)
    {
        if (summary.Length > 0)
        {
            page.Line(summary);
            page.Blank();
        }
    }

    /// <summary>Shows that the cluster already has the target release.</summary>
    public static int ShowNothingToDo(OutputOption output, Terminal terminal, MigrationPath way)
    {
        output.Show(terminal, () => way, page => Write(page, way));
        return ExitCode.Done;
    }

    /// <summary>The releases of a path: <c>1.7.14 -> 1.8.8 -> 1.9.12</c>.</summary>
    public static string Chain(ImmutableArray<Hop> hops) => string.Join(" -> ", hops.Select(hop => hop.To).Prepend(hops[0].From));

    private static void Write(Page page, ImmutableArray<Hop> hops)
    {
        var number = 0;
        foreach (var hop in hops)
        {
            number++;
            page.Hang(
                number.ToString(CultureInfo.InvariantCulture).PadLeft(2) + ". ",
                Look.Heading($"{hop.Kind.ToString().ToLowerInvariant()} {hop.From} -> {hop.To}"));
            page.Fields(2, ("Plan", hop.Plan ?? "no shipped plan"), ("Or", string.Join(", ", hop.OtherPlans)), ("Downtime", DowntimeOf(hop)));
            foreach (var warning in hop.Warnings)
            {
                page.Hang("- ", warning, level: 2);
            }
        }
    }

    private static string DowntimeOf(Hop hop) => hop.Plan is null ? "" : hop.Downtime switch
    {
        Downtime.Cluster => "the cluster, until the new release has all data",
        Downtime.Writers => "writers only; reading still works",
        _ => "none",
    };
}
