namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>A folder in which plugins are looked for: one folder per plugin, whose main assembly has the folder's name.</summary>
/// <param name="Path">The folder.</param>
/// <param name="IsExpected">Whether it is a problem that it is not there, since somebody named it.</param>
public sealed record PluginFolder(string Path, bool IsExpected)
{
    /// <summary>Whether it lies beside the tool, so that what is in it came with the tool.</summary>
    public bool IsShipped { get; init; }

    /// <summary>The variable that names another folder than the user's own.</summary>
    public const string Variable = "PACHUP_PLUGIN_DIR";

    /// <summary>
    /// The folders in the order in which they are loaded: <c>plugins</c> beside the tool, the user's (<c>PACHUP_PLUGIN_DIR</c>, else
    /// <c>~/.pachup/plugins</c>), then those of <c>--plugin-dir</c>.
    /// </summary>
    /// <param name="toolDirectory">Where the tool is.</param>
    /// <param name="homeDirectory">The user's home.</param>
    /// <param name="environment">Looks up an environment variable; null where it is not set.</param>
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
    /// <param name="homeDirectory">The user's home.</param>
    /// <param name="environment">Looks up an environment variable; null where it is not set.</param>
    public static PluginFolder OfUser(string homeDirectory, Func<string, string?> environment) => environment(Variable) is { Length: > 0 } named
        ? new PluginFolder(named, IsExpected: true)
        : new PluginFolder(System.IO.Path.Combine(homeDirectory, ".pachup", "plugins"), IsExpected: false);
}
