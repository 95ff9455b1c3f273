using System.Text.RegularExpressions;
using CliWrap;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary><c>pachup sandbox</c> as a process of its own.</summary>
internal sealed partial class SandboxProcess : IAsyncDisposable
{
    private readonly CommandTask<CommandResult> _running;

    private SandboxProcess(CommandTask<CommandResult> running, string address) => (_running, Address) = (running, address);

    /// <summary>Where it answers.</summary>
    public string Address { get; }

    /// <summary>Starts one and returns when it takes calls.</summary>
    public static async Task<SandboxProcess> StartAsync(Tool tool, params string[] options)
    {
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(string line)
        {
            if (AddressLine().Match(line) is { Success: true } match)
            {
                address.TrySetResult(match.Groups[1].Value);
            }
        }

        var running = (tool.Command(["sandbox", .. options]) | (Read, _ => { })).ExecuteAsync();
        var first = await Task.WhenAny(address.Task, running.Task);
        Assert.True(first == address.Task, "the sandbox ended before it answered");
        return new SandboxProcess(running, await address.Task);
    }

    /// <summary>Asks it to end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        await Signals.InterruptAsync(_running.ProcessId);
        return (await _running).ExitCode;
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
