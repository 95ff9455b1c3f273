using NuGet.Configuration;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;
using PachUp.Engine.Plugins.Installing;

namespace PachUp.Packages.Feeds;

/// <summary>
/// Chooses one source for each package and takes all its versions from there. If versions of several sources were merged, anybody who can publish a
/// package in one of them could replace a package of another by a higher version.
/// </summary>
/// <param name="sources">All sources.</param>
/// <param name="installed">The installed version of the plugin, whose packages come from the same sources again; null if it is not installed.</param>
/// <param name="mostBytes">The largest size of an answer, in bytes.</param>
internal sealed class SourceChoice(PackageSources sources, InstalledPlugin? installed, long mostBytes)
{
    private readonly Dictionary<string, Feed> _feeds = [];
    private readonly Dictionary<string, Feed> _chosen = new(StringComparer.OrdinalIgnoreCase);
    private Feed? _ofPlugin;

    /// <summary>The only source that a package can come from; null if sources have to be asked which of them has it.</summary>
    /// <exception cref="FeedException">The package was installed from a source that is not there any more.</exception>
    public Feed? OnlyOneFor(string id) => _chosen.GetValueOrDefault(id) ?? (CandidatesFor(id) is [var only] ? Choose(id, only) : null);

    /// <summary>Asks the sources of a package for its versions.</summary>
    /// <returns>The chosen source and its versions; null if no source has the package.</returns>
    /// <exception cref="FeedException">A source cannot be asked, or several sources have the package.</exception>
    public async Task<(Feed Feed, IReadOnlyCollection<NuGetVersion> Versions)?> FindAsync(string id, SourceCacheContext cache, CancellationToken cancellationToken)
    {
        var found = new List<(Feed Feed, IReadOnlyCollection<NuGetVersion> Versions)>();
        foreach (var feed in OnlyOneFor(id) is { } only ? [only] : CandidatesFor(id))
        {
            if (await feed.ListVersionsAsync(id, cache, cancellationToken) is { Count: > 0 } versions)
            {
                found.Add((feed, versions));
            }
        }

        if (found.Count == 0)
        {
            return null;
        }

        var best = found.Count == 1 ? found[0] : found.FirstOrDefault(source => source.Feed == _ofPlugin);
        if (best.Feed is null)
        {
            throw Ambiguous(id, found.Select(source => source.Feed));
        }

        Choose(id, best.Feed);
        return best;
    }

    /// <summary>The sources that may have a package.</summary>
    /// <exception cref="FeedException">The package was installed from a source that is not there any more.</exception>
    public IReadOnlyList<Feed> CandidatesFor(string id)
    {
        var allowed = sources.For(id).Select(FeedOf).ToList();
        if (sources.AreNamed || PinOf(id) is not { } pinned)
        {
            return allowed;
        }

        return allowed.Find(feed => feed.Has(pinned)) is { } same
            ? [same]
            : throw new FeedException(
                $"{id} was installed from \"{pinned}\", which is not among the sources of packages now.",
                "Add that source to NuGet.config again. If the package is to come from another source, name that one with --feed.");
    }

    // The first package that is looked for is the plugin.
    private Feed Choose(string id, Feed feed)
    {
        _ofPlugin ??= feed;
        return _chosen[id] = feed;
    }

    private Feed FeedOf(PackageSource source) =>
        _feeds.TryGetValue(source.Source, out var known) ? known : _feeds[source.Source] = new Feed(source, mostBytes);

    private string? PinOf(string id) => installed is null ? null
        : Is(installed.Id, id) ? installed.Source
        : installed.Dependencies.FirstOrDefault(package => Is(package.Id, id))?.Source;

    private static bool Is(string id, string other) => string.Equals(id, other, StringComparison.OrdinalIgnoreCase);

    private static FeedException Ambiguous(string id, IEnumerable<Feed> feeds) => new(
        $"Several sources have {id}: {string.Join(", ", feeds.Select(feed => $"\"{feed.Name}\""))}. PachUp does not guess which one you trust.",
        "Name the one to use with --feed, or say in NuGet.config under packageSourceMapping from which source this package comes.");
}
