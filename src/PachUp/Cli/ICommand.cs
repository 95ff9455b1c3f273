using PachUp.Cli.Terminals;

namespace PachUp.Cli;

/// <summary>One command. Its constructor declares its arguments and options; they hold their values when it runs.</summary>
internal interface ICommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken);
}
