using System.Reflection;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins;

/// <summary>
/// Finds and loads plugins. A broken one is reported with its file, the reason and the remedy, and does not take the tool down.
/// </summary>
public sealed class PluginHost
{
    private const string BuiltIn = "PachUp itself";

    private readonly CatalogueBuilder _catalogue = new();
    private readonly List<LoadedPlugin> _plugins = [];
    private readonly List<PluginProblem> _problems = [];

    private PluginHost()
    {
    }

    /// <summary>Loads what is built in, then every plugin, folder by folder and within a folder by name.</summary>
    /// <param name="builtIn">What needs no file. It is part of the tool: a mistake in it is thrown, not reported.</param>
    /// <param name="folders">Where to look.</param>
    public static PluginLoadResult Load(IEnumerable<IPachUpPlugin> builtIn, IEnumerable<PluginFolder> folders)
    {
        var host = new PluginHost();
        foreach (var plugin in builtIn)
        {
            host.Accept(plugin, BuiltIn);
        }

        foreach (var directory in folders.SelectMany(host.PluginsIn).Distinct(StringComparer.Ordinal))
        {
            host.LoadOrReport(directory);
        }

        return new PluginLoadResult(host._catalogue.Build(), [.. host._plugins], [.. host._problems]);
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
            return Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal);
        }

        if (folder.IsExpected)
        {
            _problems.Add(new PluginProblem(path, "There is no such folder.", $"Create it, or correct --plugin-dir or {PluginFolder.Variable}."));
        }

        return [];
    }

    private void LoadOrReport(string directory)
    {
        var path = MainAssemblyOf(directory);
        try
        {
            LoadFrom(path);
        }
        catch (PluginException e)
        {
            _problems.Add(new PluginProblem(path, e.Message, e.Remedy));
        }
        catch (Exception e)
        {
            // A plugin is somebody else's code: whatever it throws while it is loaded is its problem, not the tool's.
            _problems.Add(new PluginProblem(path, $"It could not be loaded: {ReasonOf(e)}", "Tell its author, or remove its folder."));
        }
    }

    private void LoadFrom(string path)
    {
        if (!File.Exists(path))
        {
            throw new PluginException(
                $"Its folder has no \"{Path.GetFileName(path)}\", the main assembly.",
                "Install the plugin again, or remove its folder.");
        }

        var files = PluginFiles.Read(Path.GetDirectoryName(path)!);
        var plugin = PluginAssembly.Load(path);
        var offer = Accept(plugin, path);
        var assembly = plugin.GetType().Assembly;
        _plugins.Add(new LoadedPlugin
        {
            Name = assembly.GetName().Name!,
            Version = PluginAssembly.VersionOf(assembly),
            Path = path,
            Files = files,
            Steps = offer.NamesOf(Claim.Step),
            Checks = offer.NamesOf(Claim.Check),
            Routes = offer.NamesOf(Claim.Route),
            Platforms = offer.NamesOf(Claim.Platform),
        });
    }

    private PluginRegistry Accept(IPachUpPlugin plugin, string origin)
    {
        var offer = new PluginRegistry(origin);
        plugin.Register(offer);
        _catalogue.Accept(offer);
        return offer;
    }

    private static string MainAssemblyOf(string directory) => Path.Combine(directory, Path.GetFileName(directory) + ".dll");

    private static string ReasonOf(Exception failure) => failure switch
    {
        TargetInvocationException { InnerException: { } thrown } => $"its constructor threw {thrown.GetType().Name}: {thrown.Message}",
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };
}
