using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Runs.Records;
using PachUp.PackageFeed;
using PachUp.Packages.Contents;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Packages.Tests;

/// <summary>A directory with a NuGet.config, a folder of packages and a folder of plugins, all of a test's own.</summary>
internal sealed class PackageWorkshop : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackageWorkshop()
    {
        Directory.CreateDirectory(Feed);
        Configure();
    }

    /// <summary>The folder of packages, which NuGet.config names.</summary>
    public string Feed => _folder.File("feed");

    /// <summary>The folder of plugins.</summary>
    public string Plugins => _folder.File("plugins");

    /// <summary>NuGet's own folder of packages.</summary>
    public string GlobalPackages => _folder.File("global");

    /// <summary>Writes NuGet.config.</summary>
    /// <param name="more">More sections.</param>
    /// <param name="source">The source; null for the folder.</param>
    /// <param name="settings">More settings below <c>config</c>.</param>
    /// <param name="second">A second source; null for none.</param>
    public void Configure(string more = "", string? source = null, string settings = "", string? second = null) => File.WriteAllText(_folder.File("NuGet.config"), $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{GlobalPackages}" />{settings}</config>
          <packageSources><clear /><add key="Acme" value="{source ?? Feed}" />{(second is null ? "" : $"<add key=\"Second\" value=\"{second}\" />")}</packageSources>
          {(more.Contains("<packageSourceMapping>", StringComparison.Ordinal) ? "" : "<packageSourceMapping><clear /></packageSourceMapping>")}
          {more}
        </configuration>
        """);

    /// <summary>Another folder of packages, which only NuGet.config with a second source names.</summary>
    public string SecondFeed => _folder.File("second");

    /// <summary>Publishes packages in the folder.</summary>
    public Task PublishAsync(params TestPackage[] packages) => PublishAsync(Feed, packages);

    /// <summary>Publishes packages in a folder.</summary>
    public static async Task PublishAsync(string feed, params TestPackage[] packages)
    {
        Directory.CreateDirectory(feed);
        foreach (var package in packages)
        {
            await package.WriteToAsync(feed);
        }
    }

    public PluginPackages Open(PackageLimits? limits = null, params string[] sources) => PluginPackages.Open(_folder.File(""), sources, limits);

    /// <summary>Prepares a plugin and forgets it again.</summary>
    public async Task<PreparedPlugin> PrepareAsync(string id, VersionRequest? wanted = null, PackageLimits? limits = null, CancellationToken cancellationToken = default, params string[] sources)
    {
        using var store = PluginStore.Open(Plugins, PluginUse.Users);
        using var prepared = await Open(limits, sources).PrepareAsync(store, id, wanted ?? VersionRequest.Any, new Progress<StepProgress>(), cancellationToken);
        return prepared;
    }

    /// <summary>Installs a plugin without asking anybody.</summary>
    /// <returns>The files of its folder.</returns>
    public async Task<IReadOnlyList<string>> InstallAsync(string id, VersionRequest? wanted = null)
    {
        using var store = PluginStore.Open(Plugins, PluginUse.Users);
        using var prepared = await Open().PrepareAsync(store, id, wanted ?? VersionRequest.Any, new Progress<StepProgress>(), CancellationToken.None);
        store.Commit(prepared.Staged, prepared.Entry);
        return FilesOf(prepared.Entry.Id);
    }

    /// <summary>The files of a plugin, with forward slashes.</summary>
    public IReadOnlyList<string> FilesOf(string id) => FilesIn(Path.Combine(Plugins, id));

    /// <summary>Everything in the folder of plugins but the lock that processes take.</summary>
    public IReadOnlyList<string> AllPluginFiles => [.. FilesIn(Plugins).Where(file => file != ".install/lock")];

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<string> FilesIn(string folder) => Directory.Exists(folder)
        ?
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ]
        : [];
}
