using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using PachUp.Pachyderm.Connections;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary><c>pachup sandbox</c> as its own process.</summary>
internal sealed partial class SandboxProcess : IAsyncDisposable
{
    private readonly CommandTask<CommandResult> _running;
    private readonly StringBuilder _talk;

    private SandboxProcess(CommandTask<CommandResult> running, StringBuilder talk, string address) =>
        (_running, _talk, Address) = (running, talk, address);

    /// <summary>Its address as text.</summary>
    public string Address { get; }

    /// <summary>Its address for clients.</summary>
    public ClusterAddress ClusterAddress => new()
    {
        Host = Address.Split(':')[0],
        Port = int.Parse(Address.Split(':')[1], CultureInfo.InvariantCulture),
        Origin = "sandbox",
    };

    /// <summary>Starts a sandbox and returns when it accepts calls.</summary>
    public static Task<SandboxProcess> StartAsync(Tool tool, params string[] options) => StartAsync(tool.Command(["sandbox", .. options]));

    /// <inheritdoc cref="StartAsync(Tool, string[])"/>
    public static async Task<SandboxProcess> StartAsync(Command command)
    {
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(string line)
        {
            if (AddressLine().Match(line) is { Success: true } match)
            {
                address.TrySetResult(match.Groups[1].Value);
            }
        }

        var talk = new StringBuilder();
        var running = (command | (PipeTarget.ToDelegate(Read), PipeTarget.ToStringBuilder(talk))).ExecuteAsync();
        var first = await Task.WhenAny(address.Task, running.Task);
        Assert.True(first == address.Task, "the sandbox ended before it answered");
        return new SandboxProcess(running, talk, await address.Task);
    }

    /// <summary>Asks it to end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        await Signals.InterruptAsync(_running.ProcessId);
        return (await _running).ExitCode;
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<Outcome> EndAsync() => new((await _running).ExitCode, "", _talk.ToString());

    /// <summary>Kills it, like the system kills a process that uses too much memory.</summary>
    public async Task KillAsync()
    {
        using (var process = Process.GetProcessById(_running.ProcessId))
        {
            process.Kill();
        }

        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.Task.IsCompleted)
        {
            await InterruptAsync();
        }

        _running.Dispose();
    }

    [GeneratedRegex(@"export PACHD_ADDRESS=(\S+)")]
    private static partial Regex AddressLine();
}
