using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Terminals;

namespace PachUp.Commands.Completions;

/// <summary><c>pachup completion</c>: the script with which a shell completes commands, options and names.</summary>
internal sealed class CompletionCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary = "Prints the script with which your shell completes commands, options, plans, runs, checks and clusters.";

    private static readonly Dictionary<string, Func<IReadOnlyList<CommandWords>, string>> Shells = new(StringComparer.Ordinal)
    {
        ["bash"] = new BashCompletion().Write,
        ["zsh"] = new ZshCompletion().Write,
        ["fish"] = FishCompletion.Write,
        ["pwsh"] = PwshCompletion.Write,
    };

    private readonly Func<CommandLineApplication> _tree;
    private readonly CommandArgument _shell;

    /// <param name="command">The command.</param>
    /// <param name="tree">All commands, with their options.</param>
    public CompletionCommand(CommandLineApplication command, Func<CommandLineApplication> tree)
    {
        command.AddExamples(
            "pachup completion bash > ~/.local/share/bash-completion/completions/pachup",
            "pachup completion zsh > \"${fpath[1]}/_pachup\"",
            "pachup completion fish > ~/.config/fish/completions/pachup.fish",
            "pachup completion pwsh | Out-String | Invoke-Expression");
        _tree = tree;
        _shell = command.Argument("SHELL", $"One of {string.Join(", ", Shells.Keys)}.");
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var shell = _shell.Required($"Name your shell: {string.Join(", ", Shells.Keys)}.");
        if (!Shells.TryGetValue(shell, out var write))
        {
            throw new UsageException($"there is no completion for \"{shell}\"", $"Choose one of {string.Join(", ", Shells.Keys)}.");
        }

        terminal.Answer.Document(write(CommandWords.AllOf(_tree())).TrimEnd());
        return Task.FromResult(ExitCode.Done);
    }
}
