using System.Collections.Immutable;

namespace PachUp.Engine.Plugins.Installing;

/// <summary>Finds the runs that use the plugins of a folder.</summary>
public interface IPluginUsers
{
    /// <summary>An unfinished run that uses a plugin; null for none.</summary>
    /// <param name="id">The id of the plugin.</param>
    /// <param name="folder">The folder in which the plugin is installed.</param>
    PluginUser? FindUserOf(string id, string folder);
}

/// <summary>A run that uses plugins.</summary>
/// <param name="Run">The id of the run.</param>
/// <param name="RunDirectory">The directory of the run.</param>
/// <param name="Plugins">The ids of the plugins.</param>
public sealed record PluginUser(string Run, string RunDirectory, ImmutableArray<string> Plugins)
{
    /// <summary>Whether a process is working on the run now.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsRunning { get; init; }
}
