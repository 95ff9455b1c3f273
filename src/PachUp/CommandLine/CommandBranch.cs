using McMaster.Extensions.CommandLineUtils;
using PachUp.Common.Text;
using PachUp.Terminals;

namespace PachUp.CommandLine;

/// <summary>A command that has commands below it.</summary>
internal sealed class CommandBranch
{
    private readonly CommandLineApplication _branch;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;

    public CommandBranch(CommandLineApplication branch, Terminal terminal, CancellationToken cancellationToken)
    {
        (_branch, _terminal, _cancellationToken) = (branch, terminal, cancellationToken);
        _branch.HelpOption("-h|--help");
        _branch.OnExecute(ShowHelp);
    }

    /// <summary>Adds a command that does something.</summary>
    public void Add(string name, Func<CommandLineApplication, ICommand> create) => _branch.Command(
        name,
        application =>
        {
            application.HelpOption("-h|--help");
            var command = create(application);
            application.OnExecute(() =>
            {
                ThrowIfUnknown(application);
                return command.RunAsync(_terminal, _cancellationToken);
            });
        },
        throwOnUnexpectedArg: false);

    /// <summary>Adds a command that only has commands below it.</summary>
    public CommandBranch AddBranch(string name, string summary)
    {
        var branch = _branch.Command(name, _ => { }, throwOnUnexpectedArg: false);
        branch.Description = summary;
        return new CommandBranch(branch, _terminal, _cancellationToken);
    }

    private int ShowHelp()
    {
        ThrowIfUnknown(_branch);
        _branch.ShowHelp();
        return ExitCode.UsedWrongly;
    }

    private static void ThrowIfUnknown(CommandLineApplication command)
    {
        if (command.RemainingArguments is [var unknown, ..])
        {
            throw unknown.StartsWith('-') ? UnknownOption(command, unknown) : UnknownWord(command, unknown);
        }
    }

    private static UsageException UnknownOption(CommandLineApplication command, string unknown)
    {
        var name = unknown.Split('=')[0];
        var known = command.GetOptions().Select(option => "--" + option.LongName);
        return Unknown(command, $"\"{HelpText.NameOf(command)}\" has no option \"{name}\"", NearestName.Of(name, known));
    }

    private static UsageException UnknownWord(CommandLineApplication command, string unknown)
    {
        var name = HelpText.NameOf(command);
        var known = command.Commands.Select(known => known.Name);
        return command.Commands.Count > 0
            ? Unknown(command, $"there is no command \"{name} {unknown}\"", NearestName.Of(unknown, known))
            : Unknown(command, $"\"{name}\" does not know what to do with \"{unknown}\"", nearest: null);
    }

    private static UsageException Unknown(CommandLineApplication command, string message, string? nearest)
    {
        var suggestion = nearest is null ? "" : $"Did you mean \"{nearest}\"? ";
        return new UsageException(message, $"{suggestion}\"{HelpText.NameOf(command)} --help\" shows what there is.");
    }
}
