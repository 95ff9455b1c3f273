using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>The assemblies that a plugin does not have to contain: those that the host shares with plugins, and those of the .NET runtime.</summary>
public static class HostAssemblies
{
    /// <summary>
    /// The assemblies that host and plugins share. Grpc.Core.Api is one of them, although plugins call servers through PachdClient: the generated
    /// clients in PachUp.Pachyderm derive from its types, and a plugin with its own copy could not use them.
    /// </summary>
    internal static readonly Type[] Shared =
        [typeof(IPachUpPlugin), typeof(ILockingPlatform), typeof(Operation), typeof(IMessage), typeof(ILogger), typeof(ClientBase)];

    private static readonly Lazy<Dictionary<string, string>> Paths = new(FindPaths);

    private static readonly Lazy<HashSet<string>> SharedNames = new(FindShared);

    /// <summary>The name of the contract, as assembly and as package.</summary>
    public static string Contract { get; } = typeof(IPachUpPlugin).Assembly.GetName().Name!;

    /// <summary>Whether plugins use the host's assembly with that name instead of their own: a shared assembly, or one that a shared assembly references.</summary>
    public static bool IsShared(string name) => SharedNames.Value.Contains(name);

    /// <summary>Whether the assembly is part of the .NET runtime.</summary>
    public static bool IsOfRuntime(string name) =>
        Paths.Value.TryGetValue(name, out var path) && Path.GetDirectoryName(path) != Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    /// <summary>The version of the package that an assembly comes from, such as <c>3.36.2</c>; null if there is no assembly with that name.</summary>
    public static string? VersionOf(string name) =>
        Paths.Value.TryGetValue(name, out var path) ? FileVersionInfo.GetVersionInfo(path).ProductVersion?.Split('+')[0] : null;

    /// <summary>The assemblies that the runtime can load: those beside the tool and its own. If the list has a name twice, the runtime loads the first.</summary>
    private static Dictionary<string, string> FindPaths() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => path, StringComparer.OrdinalIgnoreCase);

    /// <summary>The plugin loader also shares the references of the given assemblies.</summary>
    private static HashSet<string> FindShared()
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var next = new Queue<string>(Shared.Select(type => type.Assembly.GetName().Name!));
        while (next.TryDequeue(out var name))
        {
            if (found.Add(name) && Paths.Value.TryGetValue(name, out var path) && AssemblyFacts.TryRead(path) is { } facts)
            {
                foreach (var reference in facts.References.Keys)
                {
                    next.Enqueue(reference);
                }
            }
        }

        return found;
    }
}
