using McMaster.Extensions.CommandLineUtils;

namespace PachUp.Commands.Completions;

/// <summary>A command as a shell completes it.</summary>
/// <param name="Path">The words that name it, without the tool: <c>archive verify</c>; empty for the tool itself.</param>
/// <param name="Commands">The commands below it.</param>
/// <param name="Options">Its options.</param>
/// <param name="Argument">What its argument is; null if it takes none.</param>
internal sealed record CommandWords(string Path, IReadOnlyList<string> Commands, IReadOnlyList<OptionWords> Options, ValueKind? Argument)
{
    /// <summary>All commands below a root that are shown in help, the root first.</summary>
    public static IReadOnlyList<CommandWords> AllOf(CommandLineApplication root) => [.. Of(root, "")];

    private static IEnumerable<CommandWords> Of(CommandLineApplication command, string path)
    {
        var shown = command.Commands.Where(below => below.ShowInHelpText).ToList();
        yield return new CommandWords(
            path,
            [.. shown.Select(below => below.Name!)],
            [.. command.GetOptions().Where(option => option.ShowInHelpText).Select(OptionWords.Of)],
            command.Arguments is [var argument, ..] ? ValueKinds.OfArgument(argument.Name ?? "") : null);
        foreach (var words in shown.SelectMany(below => Of(below, $"{path} {below.Name}".Trim())))
        {
            yield return words;
        }
    }
}

/// <summary>An option as a shell completes it.</summary>
/// <param name="Name">Its name with dashes.</param>
/// <param name="Value">What its value is; null if it takes none.</param>
internal sealed record OptionWords(string Name, ValueKind? Value)
{
    public static OptionWords Of(CommandOption option) =>
        new($"--{option.LongName}", option.OptionType == CommandOptionType.NoValue ? null : ValueKinds.OfOption(option.LongName ?? ""));
}

/// <summary>What a value is, and so what completes it.</summary>
internal enum ValueKind
{
    /// <summary>Anything.</summary>
    Text,

    /// <summary>A file or a directory.</summary>
    File,

    /// <summary>A plan: its name, or a file.</summary>
    Plan,

    /// <summary>The id of a run.</summary>
    Run,

    /// <summary>The name of a check.</summary>
    Check,

    /// <summary>A cluster: a name of the settings, or a context.</summary>
    Cluster,

    /// <summary>A context of the kubeconfig.</summary>
    KubeContext,

    /// <summary>A format of answers.</summary>
    Format,
}

/// <summary>Which values arguments and options have.</summary>
internal static class ValueKinds
{
    public static ValueKind OfArgument(string name) => name switch
    {
        "PLAN" => ValueKind.Plan,
        "RUN" => ValueKind.Run,
        "CHECK" => ValueKind.Check,
        "FILE" or "OLD" or "A" or "FOLDER" or "PLUGIN" => ValueKind.File,
        _ => ValueKind.Text,
    };

    public static ValueKind OfOption(string name) => name switch
    {
        "source" or "target" => ValueKind.Cluster,
        "kube-context" => ValueKind.KubeContext,
        "accept" => ValueKind.Check,
        "output" => ValueKind.Format,
        "archive" or "state-dir" or "plugin-dir" or "log-file" or "feed" or "out" or "keep" or "inventory" or "data" => ValueKind.File,
        _ => ValueKind.Text,
    };
}
