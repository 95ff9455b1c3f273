using System.Collections.Immutable;
using NuGet.Packaging.Core;
using NuGet.Versioning;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Packages.Contents;

namespace PachUp.Packages.Resolving;

/// <summary>
/// Finds the dependencies of a plugin. Of each package it takes the lowest version that all dependent packages accept, as "dotnet restore" does.
/// Packages of the .NET runtime, and packages that the host shares, are not included.
/// </summary>
/// <remarks>
/// NuGet.Resolver needs a list of all versions of all packages first. A plugin has only a few dependencies, and NuGet's global packages folder often
/// has them.
/// </remarks>
/// <param name="provider">Provides packages.</param>
internal sealed class DependencyResolver(PackageProvider provider)
{
    private readonly Dictionary<string, PackageFile> _chosen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The dependencies of a plugin, by id.</summary>
    /// <exception cref="PluginException">A dependency is missing, its required versions conflict, or the host has another version.</exception>
    public async Task<ImmutableArray<PackageFile>> ResolveAsync(PackageFile plugin, CancellationToken cancellationToken)
    {
        // This ends, because the version of a package is never lowered.
        while (NextDemand(plugin) is { } demand)
        {
            _chosen[demand.Id] = await ChooseAsync(demand, cancellationToken);
        }

        return [.. Reachable(plugin).Skip(1).OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A package for which no version is chosen yet that fits all needs.</summary>
    private Demand? NextDemand(PackageFile plugin) => Reachable(plugin)
        .SelectMany(package => package.Dependencies.Where(needed => !IsHere(needed, package)).Select(needed => (Package: package, Needed: needed)))
        .GroupBy(need => need.Needed.Id, StringComparer.OrdinalIgnoreCase)
        .Select(needs => new Demand(needs.Key, [.. needs.Select(need => new Need(need.Package.Name, need.Needed.VersionRange))]))
        .FirstOrDefault(demand => !_chosen.TryGetValue(demand.Id, out var chosen) || !demand.Accepts(chosen.Version));

    private List<PackageFile> Reachable(PackageFile plugin)
    {
        var reached = new List<PackageFile> { plugin };
        for (var i = 0; i < reached.Count; i++)
        {
            var next = reached[i].Dependencies.Select(needed => _chosen.GetValueOrDefault(needed.Id)).OfType<PackageFile>();
            reached.AddRange(next.Where(package => !reached.Contains(package)).Distinct().ToList());
        }

        return reached;
    }

    private async Task<PackageFile> ChooseAsync(Demand demand, CancellationToken cancellationToken)
    {
        var floor = _chosen.GetValueOrDefault(demand.Id)?.Version;
        if (demand.Lowest is { } lowest && demand.Accepts(lowest) && provider.Has(demand.Id, lowest))
        {
            return await provider.GetAsync(new PackageIdentity(demand.Id, lowest), feed: null, cancellationToken);
        }

        if (await provider.FindAsync(demand.Id, cancellationToken) is not { } found)
        {
            return demand.Lowest is { } wanted && demand.Accepts(wanted) && provider.HasFromElsewhere(demand.Id, wanted)
                ? await provider.GetAsync(new PackageIdentity(demand.Id, wanted), feed: null, cancellationToken)
                : throw Unfit(demand, $"none is in {provider.SourcesFor(demand.Id)}");
        }

        var best = found.Versions.Where(version => demand.Accepts(version) && !(version < floor)).Min()
            ?? throw Unfit(demand, $"\"{found.Feed.Name}\" has {Newest(found.Versions)}");
        return await provider.GetAsync(new PackageIdentity(demand.Id, best), found.Feed, cancellationToken);
    }

    private static PluginException Unfit(Demand demand, string offered) => new(
        $"No version of {demand.Id} fits: {demand}; {offered}.", "Name a source that has it with --feed, or install another version of the plugin.");

    /// <summary>Whether the host already has a package.</summary>
    /// <exception cref="PluginException">The host has another version than the plugin needs.</exception>
    private static bool IsHere(PackageDependency needed, PackageFile by)
    {
        if (!NuGetVersion.TryParse(HostAssemblies.VersionOf(needed.Id), out var hosts))
        {
            return false;
        }

        // The runtime stays compatible, so it fits every request for an earlier version, whatever the upper end of the range.
        var (isShared, isOfRuntime) = (HostAssemblies.IsShared(needed.Id), HostAssemblies.IsOfRuntime(needed.Id));
        var suits = isOfRuntime ? !needed.VersionRange.HasLowerBound || needed.VersionRange.MinVersion <= hosts : needed.VersionRange.Satisfies(hosts);
        if (isShared && !suits)
        {
            var isTooOld = needed.VersionRange.HasLowerBound && hosts < needed.VersionRange.MinVersion;
            throw new PluginException(
                $"{by.Name} needs {needed.Id} {needed.VersionRange.PrettyPrint()}, but this PachUp has {needed.Id} {hosts.ToNormalizedString()}.",
                isTooOld
                    ? "Update PachUp with `dotnet tool update --global PachUp`, or install an older version of the plugin."
                    : "Install a newer version of the plugin, or report this to its author.");
        }

        return isShared || (isOfRuntime && suits);
    }

    private static string Newest(IEnumerable<NuGetVersion> versions)
    {
        const int Most = 5;
        var newest = versions.OrderDescending().Select(version => version.ToNormalizedString()).ToList();
        return string.Join(", ", newest.Take(Most)) + (newest.Count > Most ? " and older ones" : "");
    }

    /// <summary>A dependency and the packages that need it.</summary>
    private sealed record Demand(string Id, ImmutableArray<Need> Needs)
    {
        /// <summary>The lowest version that can fit all needs; null if none names a lower bound.</summary>
        public NuGetVersion? Lowest => Needs.Where(need => need.Range.HasLowerBound).Select(need => need.Range.MinVersion!).Max();

        /// <summary>Whether all ranges accept a version. A prerelease is accepted only if a range names one.</summary>
        public bool Accepts(NuGetVersion version) =>
            Needs.All(need => need.Range.Satisfies(version)) && (!version.IsPrerelease || Needs.Any(need => need.Range.AllowsPrereleases()));

        public override string ToString() => string.Join(", ", Needs.Select(need => $"{need.By} needs {need.Range.PrettyPrint()}"));
    }

    private sealed record Need(string By, VersionRange Range);
}
