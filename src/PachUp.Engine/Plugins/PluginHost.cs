using System.Reflection;
using PachUp.Common.Text;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins;

/// <summary>
/// Finds and loads plugins. A broken one is reported with its file, the reason and the remedy, and does not take the tool down.
/// </summary>
public sealed class PluginHost
{
    private const string BuiltIn = "PachUp itself";

    private readonly PluginHostOptions _options;
    private readonly CatalogueBuilder _catalogue = new();
    private readonly List<LoadedPlugin> _plugins = [];
    private readonly List<PluginProblem> _problems = [];

    private PluginHost(PluginHostOptions options) => _options = options;

    /// <summary>Loads what is built in, then every plugin, folder by folder and within a folder by name.</summary>
    /// <param name="builtIn">What needs no file. It is part of the tool: a mistake in it is thrown, not reported.</param>
    /// <param name="folders">Where to look.</param>
    /// <param name="options">What plugins may do.</param>
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

    /// <summary>The plugins' own folders. A folder that holds its namesake is a plugin itself, so that <c>--plugin-dir</c> can name one.</summary>
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
            _problems.Add(new PluginProblem(path, "There is no such folder.", $"Create it, or correct --plugin-dir or {PluginFolder.Variable}."));
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
                    $"{plugin.Id} {plugin.Version} was installed, but its folder is not there.",
                    $"Type \"pachup plugin install {plugin.Id} --version {plugin.Version}\", or \"pachup plugin uninstall {plugin.Id}\"."));
            }
        }
        catch (PluginException e)
        {
            _problems.Add(new PluginProblem(Path.Combine(folder, PluginLockFile.FileName), e.Message, e.Remedy));
        }
    }

    /// <summary>Names with a dot in front are no plugins' folders, as everywhere; <see cref="PluginStore"/> works in one.</summary>
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
            // A plugin is somebody else's code: whatever it throws while it is loaded is its problem, not the tool's.
            _problems.Add(new PluginProblem(place.MainAssembly, $"It could not be loaded: {ReasonOf(e)}", "Tell its author, or remove its folder."));
        }
    }

    private void LoadFrom(Place place)
    {
        if (!File.Exists(place.MainAssembly))
        {
            throw new PluginException(
                $"Its folder has no \"{Path.GetFileName(place.MainAssembly)}\", the main assembly.",
                "Install the plugin again, or remove its folder.");
        }

        RefuseNamesake(place);
        var package = PackageOf(place);
        var files = Examine(place, package);
        var (plugin, offer) = RegisterWithinDeadline(place);
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

    /// <summary>One plugin in two folders is two versions of it as a rule; which of them is meant is nothing to guess.</summary>
    private void RefuseNamesake(Place place)
    {
        var name = Path.GetFileNameWithoutExtension(place.MainAssembly);
        if (_plugins.Find(plugin => string.Equals(plugin.Name, name, StringComparison.OrdinalIgnoreCase)) is { } first)
        {
            var version = AssemblyFacts.TryRead(place.MainAssembly)?.ProductVersion ?? "unknown";
            throw new PluginException(
                $"It is {name} once more, version {version}: version {first.Version} is used, from \"{first.Path}\".",
                $"Remove one of the two folders, \"{place.Directory}\" or \"{Path.GetDirectoryName(first.Path)}\".");
        }
    }

    /// <summary>What the place says that a plugin was installed from; null for one that came another way.</summary>
    private static InstalledPlugin? PackageOf(Place place) =>
        place.IsShipped ? null : PluginLockFile.Read(Path.GetDirectoryName(place.Directory)!).Find(Path.GetFileName(place.Directory));

    /// <summary>Looks at a plugin's files before any of its code runs.</summary>
    private PluginFiles Examine(Place place, InstalledPlugin? package)
    {
        if (place.IsShipped)
        {
            FolderGuard.ThrowIfAnybodyCanWrite(place.Directory);
            return PluginFiles.Read(place.Directory);
        }

        FolderGuard.ThrowIfOthersCanWrite(place.Directory);
        var files = PluginFiles.Read(place.Directory);
        return _options.IsTrusted(files) ? files
            : package is not null && package.FilesSha256 != files.Sha256 ? throw new PluginException(
                $"Its files were changed since {package.Id} {package.Version} was installed.",
                $"Type \"pachup plugin install {package.Id} --version {package.Version}\" to have them as they were.")
            : throw new PluginException(
                "It did not ship with PachUp, and you have not accepted its files as they are now.",
                $"If you know where it comes from and what it does, type \"pachup plugin trust add '{place.Directory}'\".");
    }

    private (IPachUpPlugin Plugin, PluginRegistry Offer) RegisterWithinDeadline(Place place)
    {
        var path = place.MainAssembly;
        // On a thread that does not keep the process alive: a plugin that blocks for ever is left behind.
        var registering = Task.Factory.StartNew(
            () => _options.Activity.During($"the loading of \"{path}\"", () =>
            {
                var plugin = PluginAssembly.Load(path, inMemory: place.Directory == _options.Candidate);
                return (plugin, OfferOf(plugin, path));
            }),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return Task.WaitAny([registering], _options.RegistrationDeadline) == 0
            ? registering.GetAwaiter().GetResult()
            : throw new PluginException(
                $"It did not say within {Words.Duration(_options.RegistrationDeadline)} what it offers.", "Tell its author, or remove its folder.");
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

    /// <summary>Where a plugin lies.</summary>
    private sealed record Place(string Directory, string MainAssembly, bool IsShipped);
}
