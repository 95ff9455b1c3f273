using System.Reflection;
using McMaster.NETCore.Plugins;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>Loads the main assembly of a plugin into a context of its own and finds the plugin in it.</summary>
internal static class PluginAssembly
{
    private static readonly AssemblyName Contract = typeof(IPachUpPlugin).Assembly.GetName();

    /// <summary>Loads a plugin.</summary>
    /// <param name="path">The full path of its main assembly.</param>
    /// <param name="inMemory">Whether its files are free to be moved while it is loaded.</param>
    /// <exception cref="PluginException">It is no plugin, or not one for this host.</exception>
    /// <exception cref="Exception">Whatever its constructor throws.</exception>
    public static IPachUpPlugin Load(string path, bool inMemory)
    {
        var builtAgainst = Inspect(path);
        var assembly = PluginLoader.CreateFromAssemblyFile(path, [.. HostAssemblies.Shared], config => Isolate(config, inMemory)).LoadDefaultAssembly();
        var type = FindPluginType(assembly, builtAgainst);
        return (IPachUpPlugin)Activator.CreateInstance(type)!;
    }

    /// <summary>The version that the author of an assembly gave it, without the commit that the compiler appends.</summary>
    public static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString()
        ?? "";

    /// <summary>
    /// Refuses beforehand what would load without complaint and then offer nothing or fail in the middle of a run.
    /// </summary>
    /// <returns>The version of the contract that it was built against; null where it does not refer to it.</returns>
    /// <exception cref="PluginException">It is no assembly, or not one for this host.</exception>
    public static Version? Inspect(string path) =>
        ContractFit.Check(path, [.. HostAssemblies.Shared.Select(type => type.Assembly)]).References.GetValueOrDefault(Contract.Name!);

    /// <summary>
    /// The loader shares whatever the shared assemblies refer to as well. What else lies beside the tool is kept apart, so that a plugin can
    /// bring other versions of it; where it brings none, it still gets the host's.
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
            [var only] => throw new PluginException($"Its class \"{only.FullName}\" has no public constructor without parameters.", "Tell its author."),
            [] => throw new PluginException(
                $"No public class in it implements {nameof(IPachUpPlugin)} of {Contract.Name} {Contract.Version}; "
                + (builtAgainst is null ? $"it does not refer to {Contract.Name} at all." : $"it was built against {Contract.Name} {builtAgainst}."),
                "Remove its folder, or tell its author."),
            _ => throw new PluginException(
                $"More than one class in it is a plugin: {string.Join(", ", types.Select(type => $"\"{type.FullName}\"").Order(StringComparer.Ordinal))}.",
                "Tell its author to keep one."),
        };
    }
}
