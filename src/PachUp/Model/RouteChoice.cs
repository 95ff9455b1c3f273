using PachUp.Cli;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Routes;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Releases;

namespace PachUp.Model;

/// <summary>Finds paths between the releases that the command line names.</summary>
/// <param name="catalogue">The routes that plugins offer.</param>
internal sealed class RouteChoice(Catalogue catalogue)
{
    private const string Latest = "latest";

    private readonly ReleaseCatalogue _releases = ReleaseCatalogue.BuiltIn;

    /// <summary>The path from one release to another.</summary>
    public MigrationPath Find(Release from, Release to) =>
        new MigrationPathFinder(catalogue.Routes, _releases, PlanFinder.For(catalogue).Shipped).Find(from, to);

    /// <summary>The release after <c>--to</c>.</summary>
    /// <exception cref="UsageException">It was not given, or there is no such release.</exception>
    public Release ReadDestination(string? to) => to switch
    {
        null => throw new UsageException("--to is missing", "Name the target: a release such as 1.9.12, or \"latest\"."),
        Latest => LatestOfRoutes,
        _ => ReadPublished("--to", to),
    };

    /// <summary>The newest release of the newest line that a plugin leads to.</summary>
    private Release LatestOfRoutes => catalogue.Routes.Select(route => route.To).Order().LastOrDefault() is var line && _releases.LatestOf(line) is { } latest
        ? latest.Release
        : _releases.Releases.Last().Release;

    /// <summary>A release that an option names.</summary>
    /// <exception cref="UsageException">There is no such release.</exception>
    public Release ReadPublished(string option, string text)
    {
        if (!Release.TryParse(text, out var release))
        {
            throw new UsageException($"{option} is \"{text}\", which is not a release", "Give three numbers, such as 1.9.12.");
        }

        return _releases.Contains(release.WithoutSuffix()) ? release : throw new UsageException(
            $"there is no Pachyderm {release}", $"Give a published release; did you mean {_releases.NearestTo(release)}?");
    }
}
