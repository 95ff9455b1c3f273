using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;

namespace PachUp.Cli;

/// <summary>A command that has commands below it.</summary>
internal sealed class CommandBranch
{
    private readonly CommandLineApplication _branch;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Func<CommandLineApplication, Action> _declareCommon;
    private readonly Dictionary<string, Action> _commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CommandBranch> _branches = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="branch">The command.</param>
    /// <param name="terminal">Where commands answer.</param>
    /// <param name="declareCommon">Declares the options that every command has. The result does what they say, before the command runs.</param>
    /// <param name="cancellationToken">Asks the running command to stop.</param>
    public CommandBranch(
        CommandLineApplication branch, Terminal terminal, Func<CommandLineApplication, Action> declareCommon, CancellationToken cancellationToken)
    {
        (_branch, _terminal, _declareCommon, _cancellationToken) = (branch, terminal, declareCommon, cancellationToken);
        _branch.HelpOption("-h|--help");
        _branch.OnExecute(ShowHelp);
    }

    /// <summary>Adds a command that does something. Its arguments and options are declared only when it is called.</summary>
    /// <param name="name">The name on the command line.</param>
    /// <param name="summary">What it does, for the list of commands.</param>
    /// <param name="create">Declares its arguments and options.</param>
    public void Add(string name, string summary, Func<CommandLineApplication, ICommand> create)
    {
        var application = _branch.Command(name, _ => { }, throwOnUnexpectedArg: false);
        application.Description = summary;
        _commands.Add(name, () => Declare(application, create));
    }

    /// <summary>Adds a command that programs call and people do not see.</summary>
    /// <inheritdoc cref="Add"/>
    public void AddHidden(string name, string summary, Func<CommandLineApplication, ICommand> create)
    {
        Add(name, summary, create);
        _branch.Commands.Single(command => command.Name == name).ShowInHelpText = false;
    }

    /// <summary>Adds a command that only has commands below it.</summary>
    public CommandBranch AddBranch(string name, string summary)
    {
        var application = _branch.Command(name, _ => { }, throwOnUnexpectedArg: false);
        application.Description = summary;
        var branch = new CommandBranch(application, _terminal, _declareCommon, _cancellationToken);
        _branches.Add(name, branch);
        return branch;
    }

    /// <summary>Declares the arguments and options of the command that is called.</summary>
    public void Declare(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [var name, .. var rest])
        {
            return;
        }

        if (_branches.TryGetValue(name, out var branch))
        {
            branch.Declare(rest);
        }
        else if (_commands.TryGetValue(name, out var declare))
        {
            declare();
        }
    }

    /// <summary>Declares the arguments and options of all commands.</summary>
    public void DeclareAll()
    {
        foreach (var declare in _commands.Values)
        {
            declare();
        }

        foreach (var branch in _branches.Values)
        {
            branch.DeclareAll();
        }
    }

    private void Declare(CommandLineApplication application, Func<CommandLineApplication, ICommand> create)
    {
        application.HelpOption("-h|--help");
        Action? beginCommon = null;

        // Before the checks of the command, so that what these find is told in the chosen format and in the log file.
        application.Check(() =>
        {
            ThrowIfUnknown(application);
            beginCommon!();
        });
        var command = create(application);
        beginCommon = _declareCommon(application);
        application.OnExecute(() => command.RunAsync(_terminal, _cancellationToken));
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
        var known = command.GetOptions().Where(option => option.ShowInHelpText).Select(option => "--" + option.LongName);
        return Unknown(command, $"\"{HelpText.NameOf(command)}\" has no option \"{name}\"", NearestName.Of(name, known));
    }

    private static UsageException UnknownWord(CommandLineApplication command, string unknown)
    {
        var name = HelpText.NameOf(command);
        var known = command.Commands.Select(known => known.Name);
        return command.Commands.Count > 0
            ? Unknown(command, $"there is no command \"{name} {unknown}\"", NearestName.Of(unknown, known))
            : Unknown(command, $"\"{name}\" takes no argument \"{unknown}\"", nearest: null);
    }

    private static UsageException Unknown(CommandLineApplication command, string message, string? nearest)
    {
        var suggestion = nearest is null ? "" : $"Did you mean \"{nearest}\"? ";
        return new UsageException(message, $"{suggestion}\"{HelpText.NameOf(command)} --help\" shows how to use it.");
    }
}
