namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>A folder that contains plugins. Each plugin has its own folder, and its main assembly has the name of that folder.</summary>
/// <param name="Path">The folder.</param>
/// <param name="IsExpected">Whether the user named the folder. Then it is a problem if the folder is missing.</param>
public sealed record PluginFolder(string Path, bool IsExpected)
{
    /// <summary>Whether the folder ships with the tool.</summary>
    public bool IsShipped { get; init; }

    /// <summary>The environment variable that replaces the user's own folder.</summary>
    public const string Variable = "PACHUP_PLUGIN_DIR";

    /// <summary>
    /// The folders in the order in which they are loaded: <c>plugins</c> beside the tool, the user's folder (<c>PACHUP_PLUGIN_DIR</c>, or
    /// <c>~/.pachup/plugins</c>), then the folders of <c>--plugin-dir</c>.
    /// </summary>
    /// <param name="toolDirectory">The directory of the tool.</param>
    /// <param name="homeDirectory">The home directory of the user.</param>
    /// <param name="environment">Reads an environment variable; null if it is not set.</param>
    /// <param name="options">The values of <c>--plugin-dir</c>.</param>
    public static IReadOnlyList<PluginFolder> All(
        string toolDirectory, string homeDirectory, Func<string, string?> environment, IEnumerable<string> options)
    {
        return
        [
            new PluginFolder(System.IO.Path.Combine(toolDirectory, "plugins"), IsExpected: false) { IsShipped = true },
            OfUser(homeDirectory, environment),
            .. options.Select(option => new PluginFolder(option, IsExpected: true)),
        ];
    }

    /// <summary>The user's own folder, into which plugins are installed.</summary>
    /// <param name="homeDirectory">The home directory of the user.</param>
    /// <param name="environment">Reads an environment variable; null if it is not set.</param>
    public static PluginFolder OfUser(string homeDirectory, Func<string, string?> environment) => environment(Variable) is { Length: > 0 } named
        ? new PluginFolder(named, IsExpected: true)
        : new PluginFolder(System.IO.Path.Combine(homeDirectory, ".pachup", "plugins"), IsExpected: false);
}
