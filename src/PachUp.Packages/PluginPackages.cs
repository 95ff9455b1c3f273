using System.Collections.Immutable;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Packages.Contents;
using PachUp.Packages.Feeds;
using PachUp.Packages.Resolving;
using PachUp.Packages.Signatures;
using PachUp.Sdk;

namespace PachUp.Packages;

/// <summary>Searches, downloads, checks and unpacks the packages of plugins.</summary>
public sealed class PluginPackages
{
    /// <summary>The package type of plugins.</summary>
    public const string PackageType = "PachUpPlugin";

    private const string ToolId = "PachUp";

    private const int MostFound = 50;

    private readonly PackageSources _sources;
    private readonly PackageLimits _limits;
    private readonly TimeProvider _time;

    private PluginPackages(PackageSources sources, PackageLimits limits, TimeProvider time) => (_sources, _limits, _time) = (sources, limits, time);

    /// <summary>Reads the sources of packages.</summary>
    /// <param name="workingDirectory">The directory in which the search for NuGet.config starts.</param>
    /// <param name="sources">Feeds and folders by name, URL or path; empty to use those of NuGet.config.</param>
    /// <param name="limits">The limits for packages.</param>
    /// <param name="time">The clock for the entries of the lock file.</param>
    /// <exception cref="FeedException">A NuGet.config cannot be read, or a source cannot be used.</exception>
    public static PluginPackages Open(
        string workingDirectory, IReadOnlyCollection<string> sources, PackageLimits? limits = null, TimeProvider? time = null) =>
        new(PackageSources.Load(workingDirectory, sources), limits ?? new PackageLimits(), time ?? TimeProvider.System);

    /// <summary>Whether a text is a valid package id. A path is not.</summary>
    public static bool IsId(string text) => text.Length <= PackageIdValidator.MaxPackageIdLength && PackageIdValidator.IsValidPackageId(text);

    /// <summary>Downloads a plugin and its dependencies, checks them, and collects their files. None of their code runs.</summary>
    /// <param name="store">The folder into which the plugin will be installed.</param>
    /// <param name="id">The id of its package.</param>
    /// <param name="wanted">The wanted version.</param>
    /// <param name="progress">Receives progress messages.</param>
    /// <param name="cancellationToken">Stops the work and removes all its files.</param>
    /// <exception cref="PackageNotFoundException">There is no such package.</exception>
    /// <exception cref="FeedException">A source cannot be used.</exception>
    /// <exception cref="PluginException">The package is refused: it is not a plugin, not for this host, not safe, or not signed as required.</exception>
    public async Task<PreparedPlugin> PrepareAsync(
        PluginStore store, string id, VersionRequest wanted, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var staged = store.Stage(id);
        try
        {
            using var provider = new PackageProvider(_sources, store.Lock.Find(id), staged.Downloads, _limits);
            progress.Report(new StepProgress($"looking for {id}"));
            var (identity, feed) = await FindAsync(provider, id, wanted, cancellationToken);
            var name = $"{identity.Id} {identity.Version.ToNormalizedString()}";
            progress.Report(new StepProgress($"getting {name}"));
            var plugin = await provider.GetAsync(identity, feed, cancellationToken);
            ThrowIfNoPlugin(plugin);
            progress.Report(new StepProgress($"getting the dependencies of {name}"));
            var dependencies = await new DependencyResolver(provider).ResolveAsync(plugin, cancellationToken);
            progress.Report(new StepProgress($"verifying and unpacking {name}"));
            var signature = await VerifyAsync(plugin, dependencies, cancellationToken);
            staged.Rename(plugin.Id);
            var plans = Unpack(plugin, dependencies, staged, cancellationToken);
            return Describe(plugin, signature, dependencies, plans, staged);
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>The highest version of a plugin that is later than the installed version; null if there is none.</summary>
    /// <exception cref="FeedException">A source cannot be used.</exception>
    public async Task<string?> FindLaterAsync(InstalledPlugin installed, CancellationToken cancellationToken)
    {
        using var provider = new PackageProvider(_sources, installed, Path.GetTempPath(), _limits);
        var later = VersionRequest.From(installed.Version);
        var highest = (await provider.FindAsync(installed.Id, cancellationToken))?.Versions.Where(later.Accepts).Max();
        return highest > NuGetVersion.Parse(installed.Version) ? highest.ToNormalizedString() : null;
    }

    /// <summary>The highest version of PachUp itself that is later than this one, without prereleases; null if there is none.</summary>
    /// <param name="version">This version.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="FeedException">A source cannot be used.</exception>
    public async Task<string?> FindLaterToolAsync(string version, CancellationToken cancellationToken)
    {
        using var provider = new PackageProvider(_sources, installed: null, Path.GetTempPath(), _limits);
        var highest = (await provider.FindAsync(ToolId, cancellationToken))?.Versions.Where(known => !known.IsPrerelease).Max();
        return NuGetVersion.TryParse(version, out var own) && highest > own ? highest.ToNormalizedString() : null;
    }

    /// <summary>Searches all sources for plugins.</summary>
    /// <param name="term">A text that the id, description or tags must contain.</param>
    /// <param name="prereleases">Whether to include prereleases.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="FeedException">A source cannot be used.</exception>
    public async Task<ImmutableArray<FoundPlugin>> SearchAsync(string term, bool prereleases, CancellationToken cancellationToken)
    {
        var filter = new SearchFilter(prereleases) { PackageType = PackageType };
        var found = ImmutableArray.CreateBuilder<FoundPlugin>();
        foreach (var source in _sources.All)
        {
            var feed = new Feed(source, _limits.PackedBytes);
            var packages = await feed.SearchAsync(term, filter, MostFound, cancellationToken);
            found.AddRange(packages.Select(package => FoundPlugin.Of(package, feed.Name)));
        }

        return [.. found.OrderBy(plugin => plugin.Id, StringComparer.OrdinalIgnoreCase)];
    }

    private static async Task<(PackageIdentity Package, Feed? Feed)> FindAsync(
        PackageProvider provider, string id, VersionRequest wanted, CancellationToken cancellationToken)
    {
        if (wanted.Only is { } only && provider.Has(id, only))
        {
            return (new PackageIdentity(id, only), null);
        }

        var found = await provider.FindAsync(id, cancellationToken)
            ?? throw new PackageNotFoundException(
                $"There is no package \"{id}\" in {provider.SourcesFor(id)}.", "Correct the name (\"pachup plugin search\" lists names), or name another feed with --feed.");
        return found.Versions.Where(wanted.Accepts).Max() is { } best
            ? (new PackageIdentity(id, best), found.Feed)
            : throw new PackageNotFoundException(
                $"No version of {id} matches {wanted}. There are {string.Join(", ", found.Versions.OrderDescending().Select(version => version.ToNormalizedString()))}.",
                "Choose an available version with --version.");
    }

    private static void ThrowIfNoPlugin(PackageFile package)
    {
        var saysSo = package.Types.Contains(PackageType, StringComparer.OrdinalIgnoreCase);
        if (!saysSo && ContractOf(package) is null)
        {
            throw new PluginException(
                $"{package.Name} is not a plugin of PachUp: its package neither has the type {PackageType} nor depends on {HostAssemblies.Contract}.",
                "Check the name.");
        }
    }

    private static PackageDependency? ContractOf(PackageFile package) =>
        package.Dependencies.FirstOrDefault(needed => string.Equals(needed.Id, HostAssemblies.Contract, StringComparison.OrdinalIgnoreCase));

    private async Task<string> VerifyAsync(PackageFile plugin, ImmutableArray<PackageFile> dependencies, CancellationToken cancellationToken)
    {
        var signatures = new SignatureCheck(_sources.Settings);
        foreach (var package in dependencies)
        {
            await signatures.VerifyAsync(package, cancellationToken);
        }

        return await signatures.VerifyAsync(plugin, cancellationToken);
    }

    private static ImmutableArray<string> Unpack(
        PackageFile plugin, ImmutableArray<PackageFile> dependencies, StagedPlugin staged, CancellationToken cancellationToken)
    {
        var files = new PluginFolderFiles();
        files.Add(plugin, new PackageContent(plugin).OfPlugin());
        foreach (var dependency in dependencies)
        {
            files.Add(dependency, new PackageContent(dependency).OfDependency());
        }

        files.WriteTo(staged, cancellationToken);
        return [.. files.Paths.Where(path => path.StartsWith("plans/", StringComparison.Ordinal)).Select(Path.GetFileName).OfType<string>()];
    }

    private PreparedPlugin Describe(
        PackageFile plugin, string signature, ImmutableArray<PackageFile> dependencies, ImmutableArray<string> plans, StagedPlugin staged)
    {
        var entry = new InstalledPlugin
        {
            Id = plugin.Id,
            Version = plugin.Version.ToNormalizedString(),
            Sha512 = plugin.Sha512,
            FilesSha256 = staged.Examine().Sha256,
            Source = plugin.Source,
            Signature = signature,
            Installed = _time.GetUtcNow(),
            Dependencies =
            [
                .. dependencies.Select(package => new InstalledDependency(
                    package.Id, package.Version.ToNormalizedString(), package.Sha512, package.Source)),
            ],
        };
        return new PreparedPlugin(entry, plugin.Description, ContractOf(plugin)?.VersionRange.PrettyPrint() ?? "", plans, staged);
    }
}
