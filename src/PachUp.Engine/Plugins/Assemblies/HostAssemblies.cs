using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>The assemblies that are here already, so that a plugin need not bring them: what the host shares with it, and the .NET runtime's.</summary>
public static class HostAssemblies
{
    /// <summary>
    /// What host and plugin have in common. Grpc.Core.Api is among it although plugins reach servers through PachdClient: the generated clients
    /// in PachUp.Pachyderm derive from its types, and a plugin with a copy of its own could not use them.
    /// </summary>
    internal static readonly Type[] Shared =
        [typeof(IPachUpPlugin), typeof(Operation), typeof(IMessage), typeof(ILogger), typeof(ClientBase)];

    private static readonly Lazy<Dictionary<string, string>> Paths = new(FindPaths);

    private static readonly Lazy<HashSet<string>> SharedNames = new(FindShared);

    /// <summary>The name of the contract, as assembly and as package.</summary>
    public static string Contract { get; } = typeof(IPachUpPlugin).Assembly.GetName().Name!;

    /// <summary>Whether plugins use the host's own assembly of that name, whatever they bring: the shared ones, and all that these refer to.</summary>
    public static bool IsShared(string name) => SharedNames.Value.Contains(name);

    /// <summary>Whether the assembly belongs to the .NET runtime.</summary>
    public static bool IsOfRuntime(string name) =>
        Paths.Value.TryGetValue(name, out var path) && Path.GetDirectoryName(path) != Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    /// <summary>The version of the package that an assembly is from, such as <c>3.36.2</c>; null where there is none of that name.</summary>
    public static string? VersionOf(string name) =>
        Paths.Value.TryGetValue(name, out var path) ? FileVersionInfo.GetVersionInfo(path).ProductVersion?.Split('+')[0] : null;

    /// <summary>Where the runtime looks for assemblies: beside the tool, and among its own. It lists some twice and takes the first.</summary>
    private static Dictionary<string, string> FindPaths() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => path, StringComparer.OrdinalIgnoreCase);

    /// <summary>The loader shares with the given assemblies whatever they refer to.</summary>
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
