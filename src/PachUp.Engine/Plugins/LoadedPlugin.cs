using System.Collections.Immutable;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Plugins.Installing;

namespace PachUp.Engine.Plugins;

/// <summary>A loaded plugin and what it offers.</summary>
public sealed record LoadedPlugin
{
    /// <summary>The name of its assembly.</summary>
    public required string Name { get; init; }

    /// <summary>Its product version.</summary>
    public required string Version { get; init; }

    /// <summary>The path of its main assembly.</summary>
    public required string Path { get; init; }

    /// <summary>The folder with its plans, which may be missing.</summary>
    public string PlanFolder => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "plans");

    /// <summary>Its files when it was loaded.</summary>
    public required PluginFiles Files { get; init; }

    /// <summary>Whether it shipped with the tool.</summary>
    public bool IsShipped { get; init; }

    /// <summary>The package that it was installed from; null if it ships with the tool or was copied by hand.</summary>
    public InstalledPlugin? Package { get; init; }

    /// <summary>The names of its steps.</summary>
    public required ImmutableArray<string> Steps { get; init; }

    /// <summary>The names of its checks.</summary>
    public required ImmutableArray<string> Checks { get; init; }

    /// <summary>Its routes, each as <c>1.8 -> 1.9</c>.</summary>
    public required ImmutableArray<string> Routes { get; init; }

    /// <summary>The names of its platforms.</summary>
    public required ImmutableArray<string> Platforms { get; init; }
}
