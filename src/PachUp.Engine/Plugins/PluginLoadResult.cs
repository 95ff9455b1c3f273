using System.Collections.Immutable;

namespace PachUp.Engine.Plugins;

/// <summary>The result of loading plugins.</summary>
/// <param name="Catalogue">Everything that PachUp and the loaded plugins offer.</param>
/// <param name="Plugins">The loaded plugins, in the order in which they were loaded.</param>
/// <param name="Problems">The plugins that could not be loaded, and why.</param>
public sealed record PluginLoadResult(Catalogue Catalogue, ImmutableArray<LoadedPlugin> Plugins, ImmutableArray<PluginProblem> Problems);
