using McMaster.Extensions.CommandLineUtils;

namespace PachUp.Cli.Options;

/// <summary><c>--plugin-dir</c>: more folders with plugins; and <c>--frozen</c>: only plugins that the plan pins.</summary>
internal sealed class PluginOption
{
    private readonly CommandOption _directories;
    private readonly CommandOption? _frozen;

    /// <param name="command">The command.</param>
    /// <param name="readsPlan">Whether it reads a plan. A plan can require plugins.</param>
    public PluginOption(CommandLineApplication command, bool readsPlan = false)
    {
        _directories = command.Values("--plugin-dir <DIR>", "Another folder to load plugins from; each plugin has a folder of its own in it. May be repeated.");
        _frozen = readsPlan ? command.Flag("--frozen", "Refuse unless the plan lists the hash of every plugin that it uses, and the hashes match.") : null;
    }

    /// <summary>The given folders.</summary>
    public IReadOnlyList<string> Directories => _directories.Values;

    /// <summary>Whether the plan must pin its plugins by their hashes.</summary>
    public bool IsFrozen => _frozen?.HasValue() == true;

    /// <summary>The options as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments =>
        [.. Directories.SelectMany(directory => new[] { "--plugin-dir", directory }), .. IsFrozen ? new[] { "--frozen" } : []];
}
