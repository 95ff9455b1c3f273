using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli.Terminals;
using PachUp.Common;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;

namespace PachUp.Cli.Options;

/// <summary><c>--timeout</c>, <c>--call-timeout</c>, <c>--idle-timeout</c> and <c>--retry-for</c>: how long to wait for servers.</summary>
internal sealed class TimeoutOptions
{
    private readonly CommandOption _answer;
    private readonly CommandOption _call;
    private readonly CommandOption _idle;
    private readonly CommandOption _retry;

    public TimeoutOptions(CommandLineApplication command)
    {
        var byDefault = PachdTimeouts.Default;
        _answer = command.Value(
            "--timeout <TIME>", $"How long to wait for the first answer of a server. Default: {DurationText.Write(byDefault.Answer)}.");
        _call = command.Value(
            "--call-timeout <TIME>", $"How long one question to a server may take. Default: {DurationText.Write(byDefault.Call)}.");
        _idle = command.Value(
            "--idle-timeout <TIME>", $"How long a transfer may make no progress. Default: {DurationText.Write(byDefault.Idle)}.");
        _retry = command.Value(
            "--retry-for <TIME>",
            "How long to retry when a server stops answering. Changes are never sent twice. "
            + $"0s: do not retry. Default: {DurationText.Write(byDefault.Retry)}.");
    }

    /// <summary>The options as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments => new[] { _answer, _call, _idle, _retry }
        .Where(option => option.HasValue())
        .SelectMany(option => new[] { "--" + option.LongName, option.Value() });

    /// <summary>How long to wait; reports outages on a terminal.</summary>
    /// <exception cref="UsageException">A value is not a span of time, or too short.</exception>
    public PachdTimeouts For(Terminal terminal) => PachdTimeouts.Default with
    {
        Answer = Read(_answer, PachdTimeouts.Default.Answer, mayBeZero: false),
        Call = Read(_call, PachdTimeouts.Default.Call, mayBeZero: false),
        Idle = Read(_idle, PachdTimeouts.Default.Idle, mayBeZero: false),
        Retry = Read(_retry, PachdTimeouts.Default.Retry, mayBeZero: true),
        Outages = new InlineProgress<PachdOutage>(outage => OutageView.Write(terminal.Messages, outage)),
    };

    private static TimeSpan Read(CommandOption option, TimeSpan byDefault, bool mayBeZero)
    {
        if (option.Value() is not { } text)
        {
            return byDefault;
        }

        return DurationText.TryParse(text) is { } time && (mayBeZero || time > TimeSpan.Zero)
            ? time
            : throw new UsageException($"--{option.LongName} is \"{text}\"", $"Give {DurationText.Expected}{(mayBeZero ? "" : "; more than zero")}.");
    }
}
