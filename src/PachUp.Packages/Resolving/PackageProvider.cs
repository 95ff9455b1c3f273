using NuGet.Configuration;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;
using PachUp.Packages.Contents;
using PachUp.Packages.Feeds;

namespace PachUp.Packages.Resolving;

/// <summary>
/// Provides packages from NuGet's global packages folder, or downloads them from the sources if they are not there.
/// </summary>
internal sealed class PackageProvider : IDisposable
{
    private readonly PackageSources _sources;
    private readonly PackageLimits _limits;
    private readonly string _downloads;
    private readonly VersionFolderPathResolver _packages;
    private readonly Dictionary<string, Feed> _feeds = [];
    private readonly Dictionary<PackageIdentity, PackageFile> _open = [];

    private readonly SourceCacheContext _cache;

    /// <param name="sources">The sources.</param>
    /// <param name="downloads">The folder for downloads.</param>
    /// <param name="limits">The limits for packages.</param>
    public PackageProvider(PackageSources sources, string downloads, PackageLimits limits)
    {
        (_sources, _downloads, _limits) = (sources, downloads, limits);
        _cache = new FreshAnswers(downloads);
        _packages = new VersionFolderPathResolver(SettingsUtility.GetGlobalPackagesFolder(sources.Settings));
    }

    /// <summary>Whether a package is on this machine already.</summary>
    public bool Has(string id, NuGetVersion version) => File.Exists(_packages.GetNupkgMetadataPath(id, version)) && File.Exists(_packages.GetPackageFilePath(id, version));

    /// <summary>The versions of a package, each with the first source that has it.</summary>
    /// <exception cref="FeedException">A source cannot be asked.</exception>
    public async Task<IReadOnlyDictionary<NuGetVersion, Feed>> ListVersionsAsync(string id, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<NuGetVersion, Feed>();
        foreach (var feed in FeedsFor(id))
        {
            foreach (var version in await feed.ListVersionsAsync(id, _cache, cancellationToken))
            {
                versions.TryAdd(version, feed);
            }
        }

        return versions;
    }

    /// <summary>The sources for a package, for messages.</summary>
    public string SourcesFor(string id) => string.Join(", ", FeedsFor(id).Select(feed => $"\"{feed.Name}\""));

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
        var origin = NupkgMetadataFileFormat.Read(_packages.GetNupkgMetadataPath(package.Id, package.Version)).Source;
        return PackageFile.Open(path, package, origin ?? _packages.RootPath, _limits, cancellationToken);
    }

    private async Task<PackageFile> DownloadAsync(PackageIdentity package, Feed feed, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_downloads, _packages.GetPackageFileName(package.Id, package.Version));
        await using (var file = File.Create(path))
        {
            await feed.CopyAsync(package, file, _cache, cancellationToken);
        }

        return PackageFile.Open(path, package, feed.Name, _limits, cancellationToken);
    }

    private IEnumerable<Feed> FeedsFor(string id) => _sources.For(id).Select(source =>
        _feeds.TryGetValue(source.Name, out var known) ? known : _feeds[source.Name] = new Feed(source, _limits.PackedBytes));

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
