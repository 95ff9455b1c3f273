using NuGet.Configuration;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;
using PachUp.Common.Files;
using PachUp.Engine.Plugins.Installing;
using PachUp.Packages.Contents;
using PachUp.Packages.Feeds;

namespace PachUp.Packages.Resolving;

/// <summary>
/// Provides packages from NuGet's global packages folder, or downloads them from the sources if they are not there.
/// </summary>
internal sealed class PackageProvider : IDisposable
{
    private readonly SourceChoice _choice;
    private readonly bool _areNamed;
    private readonly PackageLimits _limits;
    private readonly string _downloads;
    private readonly VersionFolderPathResolver _packages;
    private readonly Dictionary<PackageIdentity, PackageFile> _open = [];

    private readonly SourceCacheContext _cache;

    /// <param name="sources">The sources.</param>
    /// <param name="installed">The installed version of the plugin, whose packages come from the same sources again; null if it is not installed.</param>
    /// <param name="downloads">The folder for downloads.</param>
    /// <param name="limits">The limits for packages.</param>
    public PackageProvider(PackageSources sources, InstalledPlugin? installed, string downloads, PackageLimits limits)
    {
        (_choice, _areNamed) = (new SourceChoice(sources, installed, limits.PackedBytes), sources.AreNamed);
        (_downloads, _limits) = (downloads, limits);
        _cache = new FreshAnswers(downloads);
        _packages = new VersionFolderPathResolver(SettingsUtility.GetGlobalPackagesFolder(sources.Settings));
    }

    /// <summary>Whether a package is on this machine already, and came from the source that it has to come from.</summary>
    /// <exception cref="FeedException">It was installed from a source that is not there any more.</exception>
    public bool Has(string id, NuGetVersion version) =>
        _choice.OnlyOneFor(id) is { } feed && IsHere(id, version) && OriginOf(id, version) is { } origin && feed.Has(origin);

    /// <summary>
    /// Whether a package is on this machine already, from another source than those that were named on the command line. Who names the feed of a plugin
    /// need not name those of its dependencies if a build has brought them.
    /// </summary>
    public bool HasFromElsewhere(string id, NuGetVersion version) => _areNamed && IsHere(id, version) && OriginOf(id, version) is not null;

    /// <summary>Finds the source of a package and its versions there.</summary>
    /// <returns>The source and its versions; null if no source has the package.</returns>
    /// <exception cref="FeedException">A source cannot be asked, or several sources have the package.</exception>
    public Task<(Feed Feed, IReadOnlyCollection<NuGetVersion> Versions)?> FindAsync(string id, CancellationToken cancellationToken) =>
        _choice.FindAsync(id, _cache, cancellationToken);

    /// <summary>The sources that may have a package, for messages.</summary>
    public string SourcesFor(string id) => string.Join(", ", _choice.CandidatesFor(id).Select(feed => $"\"{feed.Name}\""));

    /// <summary>Gets a package. It stays open until this object is disposed.</summary>
    /// <param name="package">The package.</param>
    /// <param name="feed">The source that has it; null for the global packages folder.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <exception cref="FeedException">The download failed.</exception>
    public async Task<PackageFile> GetAsync(PackageIdentity package, Feed? feed, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue(package, out var file))
        {
            file = feed is null ? OpenHere(package, cancellationToken) : await DownloadAsync(package, feed, cancellationToken);
            _open.Add(package, file);
        }

        return file;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var package in _open.Values)
        {
            package.Dispose();
        }

        _cache.Dispose();
    }

    private PackageFile OpenHere(PackageIdentity package, CancellationToken cancellationToken)
    {
        var path = _packages.GetPackageFilePath(package.Id, package.Version);
        return PackageFile.Open(path, package, OriginOf(package.Id, package.Version)!, _limits, cancellationToken);
    }

    private bool IsHere(string id, NuGetVersion version) =>
        File.Exists(_packages.GetNupkgMetadataPath(id, version)) && File.Exists(_packages.GetPackageFilePath(id, version));

    /// <summary>The source from which NuGet downloaded a package; null if it was not recorded.</summary>
    private string? OriginOf(string id, NuGetVersion version) => NupkgMetadataFileFormat.Read(_packages.GetNupkgMetadataPath(id, version)).Source;

    private async Task<PackageFile> DownloadAsync(PackageIdentity package, Feed feed, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_downloads, _packages.GetPackageFileName(package.Id, package.Version));
        await using (var file = PrivateFile.Create(path))
        {
            await feed.CopyAsync(package, file, _cache, cancellationToken);
        }

        return PackageFile.Open(path, package, feed.Name, _limits, cancellationToken);
    }

    /// <summary>
    /// Always asks the sources for versions, and does not keep packages in NuGet's HTTP cache. Incomplete downloads stay in the downloads folder, which
    /// is removed.
    /// </summary>
    private sealed class FreshAnswers : SourceCacheContext
    {
        private readonly string _folder;

        public FreshAnswers(string folder)
        {
            _folder = folder;
            (MaxAge, DirectDownload) = (DateTimeOffset.UtcNow, true);
        }

        public override string GeneratedTempFolder
        {
            get => _folder;
            set => throw new NotSupportedException();
        }
    }
}
