using System.Reflection;
using McMaster.NETCore.Plugins;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>Loads the main assembly of a plugin into its own load context and finds the plugin class.</summary>
internal static class PluginAssembly
{
    private static readonly AssemblyName Contract = typeof(IPachUpPlugin).Assembly.GetName();

    /// <summary>Loads a plugin.</summary>
    /// <param name="path">The full path of its main assembly.</param>
    /// <param name="inMemory">Whether its files must stay movable while it is loaded.</param>
    /// <exception cref="PluginException">The assembly is not a plugin, or was built for another host.</exception>
    /// <exception cref="Exception">The constructor of the plugin threw it.</exception>
    public static IPachUpPlugin Load(string path, bool inMemory)
    {
        var builtAgainst = Inspect(path);
        var assembly = PluginLoader.CreateFromAssemblyFile(path, [.. HostAssemblies.Shared], config => Isolate(config, inMemory)).LoadDefaultAssembly();
        var type = FindPluginType(assembly, builtAgainst);
        return (IPachUpPlugin)Activator.CreateInstance(type)!;
    }

    /// <summary>The product version of an assembly, without the commit that the compiler appends.</summary>
    public static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString()
        ?? "";

    /// <summary>Refuses an assembly that would load but offer nothing, or fail in the middle of a run.</summary>
    /// <returns>The version of the contract that it was built against; null if it does not reference the contract.</returns>
    /// <exception cref="PluginException">The file is not an assembly, or was built for another host.</exception>
    public static Version? Inspect(string path) =>
        PluginCompatibility.Check(path, [.. HostAssemblies.Shared.Select(type => type.Assembly)]).References.GetValueOrDefault(Contract.Name!);

    /// <summary>
    /// The plugin loader also shares the references of the shared assemblies. All other assemblies of the tool are not shared, so a plugin can contain
    /// another version of them. If it contains none, it uses the host's.
    /// </summary>
    private static void Isolate(PluginConfig config, bool inMemory)
    {
        config.LoadInMemory = inMemory;
        config.IsLazyLoaded = true;
        var shared = config.SharedAssemblies.Select(name => name.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)))
        {
            if (!shared.Contains(name))
            {
                config.PrivateAssemblies.Add(new AssemblyName(name));
            }
        }
    }

    private static Type FindPluginType(Assembly assembly, Version? builtAgainst)
    {
        var types = assembly.GetExportedTypes().Where(type => typeof(IPachUpPlugin).IsAssignableFrom(type) && !type.IsAbstract).ToList();
        return types switch
        {
            [var only] when only.GetConstructor(Type.EmptyTypes) is not null => only,
            [var only] => throw new PluginException($"Its class \"{only.FullName}\" has no public constructor without parameters.", "Report this to the author of the plugin."),
            [] => throw new PluginException(
                $"It has no public class that implements {nameof(IPachUpPlugin)} of {Contract.Name} {Contract.Version}. "
                + (builtAgainst is null ? $"It does not reference {Contract.Name}." : $"It was built against {Contract.Name} {builtAgainst}."),
                "Remove its folder, or report this to its author."),
            _ => throw new PluginException(
                $"It has more than one plugin class: {string.Join(", ", types.Select(type => $"\"{type.FullName}\"").Order(StringComparer.Ordinal))}.",
                "Report this to the author. A plugin must have exactly one plugin class."),
        };
    }
}
