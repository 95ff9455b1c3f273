using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.Logging;
using PachUp.Cli.Terminals;

namespace PachUp.Cli.Options;

/// <summary>The options that every command has: how much is told, and where it is kept.</summary>
internal sealed partial class CommonOptions
{
    private readonly CommandOption _verbose;
    private readonly CommandOption _quiet;
    private readonly CommandOption _logFile;

    public CommonOptions(CommandLineApplication command)
    {
        _verbose = command.Flag("-v|--verbose", "Tell every piece of progress.");
        _quiet = command.Flag("-q|--quiet", "Tell no progress: only warnings, errors, questions and the answer.");
        _logFile = command.Value("--log-file <FILE>", "Append what happens to this file, without secrets, for support.");
    }

    /// <summary>Does what they say.</summary>
    /// <param name="terminal">The terminal of the command.</param>
    /// <param name="command">The name of the command, for the log.</param>
    /// <returns>Ends the log.</returns>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    public IDisposable? Begin(Terminal terminal, string command)
    {
        if (_verbose.HasValue() && _quiet.HasValue())
        {
            throw new UsageException("--verbose and --quiet cannot be used together", "Leave one of them out.");
        }

        terminal.Detail = _verbose.HasValue() ? Detail.Verbose : _quiet.HasValue() ? Detail.Quiet : Detail.Normal;
        if (_logFile.Path() is not { } path)
        {
            return null;
        }

        var log = new LogFile(path, terminal);
        LogCommand(log.Log, command, ToolVersion.Text, Environment.OSVersion.VersionString, Environment.Version.ToString());
        return log;
    }

    [LoggerMessage(LogLevel.Information, "{Command}, PachUp {Version}, {System}, .NET {Runtime}")]
    private static partial void LogCommand(ILogger log, string command, string version, string system, string runtime);
}
