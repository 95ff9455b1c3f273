using McMaster.Extensions.CommandLineUtils;

namespace PachUp.CommandLine;

/// <summary><c>--plugin-dir</c>: more places to look for plugins.</summary>
internal sealed class PluginOption
{
    private readonly CommandOption _directories;

    public PluginOption(CommandLineApplication command) =>
        _directories = command.Values("--plugin-dir <DIR>", "Another folder with plugins, one folder each. May be repeated.");

    /// <summary>The folders that were named.</summary>
    public IReadOnlyList<string> Directories => _directories.Values;

    /// <summary>The options as they were given, to repeat them in a command to copy.</summary>
    public IEnumerable<string> Arguments => Directories.SelectMany(directory => new[] { "--plugin-dir", directory });
}
