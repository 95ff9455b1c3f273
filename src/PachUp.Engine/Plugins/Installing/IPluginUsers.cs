using System.Collections.Immutable;

namespace PachUp.Engine.Plugins.Installing;

/// <summary>Knows which runs use the plugins of a folder.</summary>
public interface IPluginUsers
{
    /// <summary>A run that uses a plugin and is not finished; null for none.</summary>
    /// <param name="id">The id of the plugin.</param>
    /// <param name="folder">The folder of plugins that it is installed in.</param>
    PluginUser? FindUserOf(string id, string folder);
}

/// <summary>A run that uses plugins.</summary>
/// <param name="Run">Its id.</param>
/// <param name="RunDirectory">Where it keeps its files.</param>
/// <param name="Plugins">The ids of the plugins.</param>
public sealed record PluginUser(string Run, string RunDirectory, ImmutableArray<string> Plugins)
{
    /// <summary>Whether a process works on it at this moment.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsRunning { get; init; }
}
