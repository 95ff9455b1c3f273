using PachUp.Cli;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Engine.Routes;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Model;

/// <summary>
/// The plan of a command: the named one, or else the plan for the next hop to the release after <c>--to</c>.
/// </summary>
/// <param name="Way">The path from the release of the source; null if the user named a plan.</param>
/// <param name="Plan">The plan; null if the source already has the release.</param>
/// <param name="Overrides">What the command line changes in it.</param>
internal sealed record NextHop(MigrationPath? Way, string? Plan, PlanOverrides Overrides)
{
    /// <summary>One line about the hop and the rest of the path; empty if the user named a plan.</summary>
    public string Summary => Way is not { Hops: [var hop, .. var rest] } ? "" :
        $"Step 1 of {rest.Length + 1} to {Way.To}: {hop.Kind.ToString().ToLowerInvariant()} {hop.From} -> {hop.To}"
        + (rest.IsEmpty ? "" : $"; afterwards: {string.Join(", ", rest.Select(later => $"{later.Kind.ToString().ToLowerInvariant()} to {later.To}"))}");

    /// <summary>Asks the source for its release, and finds the hop.</summary>
    /// <param name="catalogue">The routes.</param>
    /// <param name="addresses">Finds the source if the command line does not name it.</param>
    /// <param name="given">The options of the command line.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UsageException">There is no such release, or there is no shipped plan for the hop.</exception>
    /// <exception cref="StepFailedException">There is no path.</exception>
    public static async Task<NextHop> FindAsync(
        Catalogue catalogue, AddressResolver addresses, PlanOverrides given, CancellationToken cancellationToken)
    {
        var routes = new RouteChoice(catalogue);
        var to = routes.ReadDestination(given.To);
        await using var client = PachdClient.Create(addresses.Resolve(given.Source, "--source"));
        var way = routes.Find(await client.GetReleaseAsync(cancellationToken), to);
        return way.Outcome switch
        {
            MigrationPathOutcome.Found => new NextHop(way, PlanOf(way.Hops[0], given), given with { To = way.Hops[0].To.ToString() }),
            MigrationPathOutcome.AlreadyThere => new NextHop(way, null, given),
            _ => throw StepFailedException.Refused(way.Reason, "\"pachup path\" shows the supported paths."),
        };
    }

    /// <summary>If a target is given, prefers a plan that builds the new cluster next to the old one.</summary>
    private static string PlanOf(Hop hop, PlanOverrides given)
    {
        var beside = given.Target is null ? null : hop.OtherPlans.FirstOrDefault(plan => plan.EndsWith("side-by-side", StringComparison.Ordinal));
        return beside ?? hop.Plan ?? throw new UsageException(
            $"no shipped plan leads from {hop.From} to {hop.To}", "Write a plan, and give its path.");
    }
}
