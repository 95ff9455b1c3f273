using System.Reflection;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins;

/// <summary>
/// Finds and loads plugins. A broken plugin is reported with its file, the reason and the remedy. The tool works without it.
/// </summary>
public sealed class PluginHost
{
    private const string BuiltIn = "PachUp itself";

    private readonly PluginHostOptions _options;
    private readonly CatalogueBuilder _catalogue = new();
    private readonly List<LoadedPlugin> _plugins = [];
    private readonly List<PluginProblem> _problems = [];

    private PluginHost(PluginHostOptions options) => _options = options;

    /// <summary>Loads the built-in plugins, then every other plugin by folder and name.</summary>
    /// <param name="builtIn">The plugins that are part of the tool. A defect in them throws an exception.</param>
    /// <param name="folders">The folders with plugins.</param>
    /// <param name="options">How plugins are loaded.</param>
    public static PluginLoadResult Load(
        IEnumerable<IPachUpPlugin> builtIn, IEnumerable<PluginFolder> folders, PluginHostOptions? options = null)
    {
        var host = new PluginHost(options ?? new PluginHostOptions());
        foreach (var plugin in builtIn)
        {
            host._catalogue.Accept(host.OfferOf(plugin, BuiltIn));
        }

        foreach (var place in folders.SelectMany(host.PlacesIn).DistinctBy(place => place.Directory, StringComparer.Ordinal)
            .Where(place => !host._options.Except.Contains(place.Directory)))
        {
            host.LoadOrReport(place);
        }

        var catalogue = host._catalogue.Build() with { Plugins = [.. host._plugins] };
        return new PluginLoadResult(catalogue, [.. host._plugins], [.. host._problems]);
    }

    /// <summary>The folders of single plugins. A folder X that contains X.dll is itself a plugin, so <c>--plugin-dir</c> can name one plugin.</summary>
    private IEnumerable<string> PluginsIn(PluginFolder folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path));
        if (File.Exists(MainAssemblyOf(path)))
        {
            return [path];
        }

        if (Directory.Exists(path))
        {
            ReportMissing(path);
            return Directory.EnumerateDirectories(path).Where(IsOfPlugin).Order(StringComparer.Ordinal);
        }

        if (folder.IsExpected)
        {
            _problems.Add(new PluginProblem(path, "The folder does not exist.", $"Create it, or correct --plugin-dir or {PluginFolder.Variable}."));
        }

        return [];
    }

    private void ReportMissing(string folder)
    {
        try
        {
            foreach (var plugin in PluginLockFile.Read(folder).Plugins.Where(plugin => !Directory.Exists(Path.Combine(folder, plugin.Id))))
            {
                _problems.Add(new PluginProblem(
                    Path.Combine(folder, plugin.Id),
                    $"The plugin {plugin.Id} {plugin.Version} was installed, but its folder is missing.",
                    $"Install it again with \"pachup plugin install {plugin.Id} --version {plugin.Version}\", or remove it with \"pachup plugin uninstall {plugin.Id}\"."));
            }
        }
        catch (PluginException e)
        {
            _problems.Add(new PluginProblem(Path.Combine(folder, PluginLockFile.FileName), e.Message, e.Remedy));
        }
    }

    /// <summary>A folder whose name starts with a dot is not a plugin. <see cref="PluginStore"/> uses such a folder.</summary>
    private static bool IsOfPlugin(string directory) => !Path.GetFileName(directory).StartsWith('.');

    private IEnumerable<Place> PlacesIn(PluginFolder folder) =>
        PluginsIn(folder).Select(directory => new Place(directory, MainAssemblyOf(directory), folder.IsShipped));

    private void LoadOrReport(Place place)
    {
        try
        {
            LoadFrom(place);
        }
        catch (PluginException e)
        {
            _problems.Add(new PluginProblem(place.MainAssembly, e.Message, e.Remedy));
        }
        catch (Exception e)
        {
            // A plugin can throw any exception while it is loaded. The tool reports it and works without the plugin.
            _problems.Add(new PluginProblem(place.MainAssembly, $"The plugin could not be loaded: {ReasonOf(e)}", "Report this to the author of the plugin, or remove its folder."));
        }
    }

    private void LoadFrom(Place place)
    {
        if (!File.Exists(place.MainAssembly))
        {
            throw new PluginException(
                $"The folder of the plugin has no main assembly \"{Path.GetFileName(place.MainAssembly)}\".",
                "Install the plugin again, or remove its folder.");
        }

        RefuseNamesake(place);
        var package = PackageOf(place);
        var files = Examine(place, package);
        var (plugin, offer) = RegisterWatched(place);
        _catalogue.Accept(offer);
        var assembly = plugin.GetType().Assembly;
        _plugins.Add(new LoadedPlugin
        {
            Name = assembly.GetName().Name!,
            Version = PluginAssembly.VersionOf(assembly),
            Path = place.MainAssembly,
            Files = files,
            IsShipped = place.IsShipped,
            Package = package,
            Steps = offer.NamesOf(Claim.Step),
            Checks = offer.NamesOf(Claim.Check),
            Routes = offer.NamesOf(Claim.Route),
            Platforms = offer.NamesOf(Claim.Platform),
        });
    }

    /// <summary>Refuses a second plugin with the same name. It is usually another version, and PachUp does not guess which one the user wants.</summary>
    private void RefuseNamesake(Place place)
    {
        var name = Path.GetFileNameWithoutExtension(place.MainAssembly);
        if (_plugins.Find(plugin => string.Equals(plugin.Name, name, StringComparison.OrdinalIgnoreCase)) is { } first)
        {
            var version = AssemblyFacts.TryRead(place.MainAssembly)?.ProductVersion ?? "unknown";
            throw new PluginException(
                $"The plugin {name} is already loaded: version {first.Version} from \"{first.Path}\". This copy has version {version}.",
                $"Remove one of the two folders, \"{place.Directory}\" or \"{Path.GetDirectoryName(first.Path)}\".");
        }
    }

    /// <summary>The package that a plugin was installed from, according to the lock file; null if it was not installed from a package.</summary>
    private static InstalledPlugin? PackageOf(Place place) =>
        place.IsShipped ? null : PluginLockFile.Read(Path.GetDirectoryName(place.Directory)!).Find(Path.GetFileName(place.Directory));

    /// <summary>Checks a plugin's files before any of its code runs.</summary>
    private PluginFiles Examine(Place place, InstalledPlugin? package)
    {
        if (place.IsShipped)
        {
            FolderPermissions.ThrowIfAllUsersCanWrite(place.Directory);
            return PluginFiles.Read(place.Directory);
        }

        FolderPermissions.ThrowIfOthersCanWrite(place.Directory);
        var files = PluginFiles.Read(place.Directory);
        return _options.IsTrusted(files) ? files
            : package is not null && package.FilesSha256 != files.Sha256 ? throw new PluginException(
                $"The files of the plugin were changed after {package.Id} {package.Version} was installed.",
                $"Install it again with \"pachup plugin install {package.Id} --version {package.Version}\".")
            : throw new PluginException(
                "The plugin does not ship with PachUp, and you have not trusted its current files.",
                $"If you know where it comes from and what it does, type \"pachup plugin trust add '{place.Directory}'\".");
    }

    private (IPachUpPlugin Plugin, PluginRegistry Offer) RegisterWatched(Place place)
    {
        var path = place.MainAssembly;
        // On a background thread, so that a plugin that blocks forever does not keep the process alive.
        var registering = Task.Factory.StartNew(
            () => _options.Activity.During($"loading the plugin \"{path}\"", () =>
            {
                var plugin = PluginAssembly.Load(path, inMemory: place.Directory == _options.Candidate);
                return (plugin, OfferOf(plugin, path));
            }),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        if (!place.IsShipped)
        {
            new RegistrationWatch(_options.ProcessorTime).Wait(registering);
        }

        return registering.GetAwaiter().GetResult();
    }

    private PluginRegistry OfferOf(IPachUpPlugin plugin, string origin)
    {
        var offer = new PluginRegistry(origin, _options.Activity);
        plugin.Register(offer);
        return offer;
    }

    private static string MainAssemblyOf(string directory) => Path.Combine(directory, Path.GetFileName(directory) + ".dll");

    private static string ReasonOf(Exception failure) => failure switch
    {
        TargetInvocationException { InnerException: { } thrown } => $"its constructor threw {thrown.GetType().Name}: {thrown.Message}",
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };

    /// <summary>The place of a plugin.</summary>
    private sealed record Place(string Directory, string MainAssembly, bool IsShipped);
}
