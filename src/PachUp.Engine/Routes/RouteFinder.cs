using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Plans.Reading;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Routes;

/// <summary>Finds the ways from release to release: upgrades within a line, and migrations where a plugin offers them.</summary>
/// <param name="routes">The ways from line to line that plugins offer.</param>
/// <param name="releases">The known releases.</param>
/// <param name="plans">The plans that ship.</param>
public sealed class RouteFinder(ImmutableArray<MigrationRoute> routes, ReleaseCatalogue releases, ImmutableArray<ShippedPlan> plans)
{
    private readonly HopBuilder _hops = new(releases, plans);

    /// <summary>
    /// Finds the way that goes from line to line, which is the one that most people have gone before, and shorter ones as alternatives.
    /// </summary>
    public Itinerary Find(Release from, Release to)
    {
        var itinerary = new Itinerary { From = from, To = to, Outcome = ItineraryOutcome.NoWay };
        if (from.WithoutSuffix() == to)
        {
            return itinerary with { Outcome = ItineraryOutcome.AlreadyThere, Reason = $"It is {from} already: there is nothing to do." };
        }

        if (to < from)
        {
            return itinerary with
            {
                Outcome = ItineraryOutcome.Back,
                Reason = $"{to} is older than {from}, and no pachd reads the metadata of a later one. To go back, restore a backup into a new, empty {to}.",
            };
        }

        var ways = WaysBetween(from, to).OrderByDescending(way => way.Length).ToList();
        return ways.Count == 0 ? itinerary with { Reason = NoWay(from, to) } : itinerary with
        {
            Outcome = ItineraryOutcome.Found,
            Hops = ways[0],
            Alternatives = [.. ways.Skip(1).OrderBy(way => way.Length).Select(way => new AlternativeWay(way, RemarkOn(way, ways[0])))],
        };
    }

    /// <summary>Every way that only goes forward, as hops.</summary>
    private IEnumerable<ImmutableArray<Hop>> WaysBetween(Release from, Release to)
    {
        if (from.Line == to.Line)
        {
            return [[_hops.Upgrade(from, to)]];
        }

        return routes
            .Where(route => route.From == from.Line && route.To <= to.Line && LatestOf(from) >= route.AtLeast)
            .SelectMany(route => WaysBy(route, from, to));
    }

    private IEnumerable<ImmutableArray<Hop>> WaysBy(MigrationRoute route, Release from, Release to)
    {
        var start = from.WithoutSuffix() < route.AtLeast ? LatestOf(from) : from;
        var end = route.To == to.Line ? to : releases.LatestOf(route.To)?.Release;
        if (end is null)
        {
            return [];
        }

        ImmutableArray<Hop> hops = start == from ? [_hops.Migrate(start, end)] : [_hops.Upgrade(from, start), _hops.Migrate(start, end)];
        return end == to ? [hops] : WaysBetween(end, to).Select(rest => hops.AddRange(rest));
    }

    private Release LatestOf(Release release) => releases.LatestOf(release.Line)?.Release ?? release;

    private string NoWay(Release from, Release to)
    {
        var known = routes.IsEmpty ? "none" : string.Join(", ", routes.OrderBy(route => route.From).ThenBy(route => route.To).Select(route => $"{route.From} to {route.To}"));
        return $"No plugin offers a way from {from.Line} to {to.Line}; known are: {known}. \"pachup plugin list\" shows the plugins.";
    }

    private static string RemarkOn(ImmutableArray<Hop> way, ImmutableArray<Hop> main) => way.Length < main.Length
        ? $"{Words.Count(main.Length - way.Length, "step")} less: {ReleaseTraits.Of(way[^1].To).Release} takes what {way[^1].From} extracts. Both are converted at once, "
            + "so there is no cluster in between to look at."
        : "As many steps, by way of other lines.";
}
