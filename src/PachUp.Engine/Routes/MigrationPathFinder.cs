using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Engine.Plans.Reading;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Routes;

/// <summary>Finds the paths from one release to another. A path consists of upgrades within a line and of migrations that plugins offer.</summary>
/// <param name="routes">The routes that plugins offer.</param>
/// <param name="releases">The known releases.</param>
/// <param name="plans">The shipped plans.</param>
public sealed class MigrationPathFinder(ImmutableArray<MigrationRoute> routes, ReleaseCatalogue releases, ImmutableArray<ShippedPlan> plans)
{
    private readonly HopBuilder _hops = new(releases, plans);

    /// <summary>
    /// Finds the path that visits every line in between, because it is the most tested one. Shorter paths are alternatives.
    /// </summary>
    public MigrationPath Find(Release from, Release to)
    {
        var path = new MigrationPath { From = from, To = to, Outcome = MigrationPathOutcome.NoWay };
        if (from.WithoutSuffix() == to)
        {
            return path with { Outcome = MigrationPathOutcome.AlreadyThere, Reason = $"The cluster already runs {from}. There is nothing to do." };
        }

        if (to < from)
        {
            return path with
            {
                Outcome = MigrationPathOutcome.Back,
                Reason = $"{to} is older than {from}. An older pachd cannot read the metadata of a later one. To go back, restore a backup into a new, empty cluster of {to}.",
            };
        }

        var paths = PathsBetween(from, to).OrderByDescending(hops => hops.Length).ToList();
        return paths.Count == 0 ? path with { Reason = NoPath(from, to) } : path with
        {
            Outcome = MigrationPathOutcome.Found,
            Hops = paths[0],
            Alternatives = [.. paths.Skip(1).OrderBy(hops => hops.Length).Select(hops => new AlternativePath(hops, RemarkOn(hops, paths[0])))],
        };
    }

    /// <summary>Every path to later releases, as hops.</summary>
    private IEnumerable<ImmutableArray<Hop>> PathsBetween(Release from, Release to)
    {
        if (from.Line == to.Line)
        {
            return [[_hops.Upgrade(from, to)]];
        }

        return routes
            .Where(route => route.From == from.Line && route.To <= to.Line && LatestOf(from) >= route.AtLeast)
            .SelectMany(route => PathsBy(route, from, to));
    }

    private IEnumerable<ImmutableArray<Hop>> PathsBy(MigrationRoute route, Release from, Release to)
    {
        var start = from.WithoutSuffix() < route.AtLeast ? LatestOf(from) : from;
        var end = route.To == to.Line ? to : releases.LatestOf(route.To)?.Release;
        if (end is null)
        {
            return [];
        }

        ImmutableArray<Hop> hops = start == from ? [_hops.Migrate(start, end)] : [_hops.Upgrade(from, start), _hops.Migrate(start, end)];
        return end == to ? [hops] : PathsBetween(end, to).Select(rest => hops.AddRange(rest));
    }

    private Release LatestOf(Release release) => releases.LatestOf(release.Line)?.Release ?? release;

    private string NoPath(Release from, Release to)
    {
        var known = routes.IsEmpty ? "none" : string.Join(", ", routes.OrderBy(route => route.From).ThenBy(route => route.To).Select(route => $"{route.From} to {route.To}"));
        return $"No plugin offers a path from {from.Line} to {to.Line}. Known routes: {known}. \"pachup plugin list\" shows the plugins.";
    }

    private static string RemarkOn(ImmutableArray<Hop> path, ImmutableArray<Hop> main) => path.Length < main.Length
        ? $"{Words.Count(main.Length - path.Length, "step")} less: {ReleaseTraits.Of(path[^1].To).Release} restores an extract of {path[^1].From}, which PachUp converts in one step, "
            + "so there is no intermediate cluster to check."
        : "The same number of steps, through other lines.";
}
