using System.Collections.Immutable;

namespace PachUp.Engine.Plugins;

/// <summary>What came of looking for plugins.</summary>
/// <param name="Catalogue">All that can be used now.</param>
/// <param name="Plugins">The plugins in use, in the order in which they were loaded.</param>
/// <param name="Problems">What could not be used, and why.</param>
public sealed record PluginLoadResult(Catalogue Catalogue, ImmutableArray<LoadedPlugin> Plugins, ImmutableArray<PluginProblem> Problems);
