using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>A running process of the tool: its output so far, and ways to end it.</summary>
internal sealed class RunningTool : IDisposable
{
    private readonly StringBuilder _answer = new();
    private readonly StringBuilder _talk = new();
    private readonly List<(string Part, TaskCompletionSource Seen)> _awaited = [];
    private readonly CommandTask<CommandResult> _running;

    private RunningTool(Command command, Action<string> onErrorLine) =>
        _running = (command | (PipeTarget.ToStringBuilder(_answer), PipeTarget.ToDelegate(line => Read(line, onErrorLine)))).ExecuteAsync();

    /// <summary>Its process.</summary>
    public int ProcessId => _running.ProcessId;

    /// <summary>How a refusal names it as the holder of a lock.</summary>
    public string AsHolder => string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} of {Environment.UserName} on {Environment.MachineName}");

    /// <summary>Starts it.</summary>
    public static RunningTool Start(Tool tool, params string[] arguments) => Start(tool, _ => { }, arguments);

    /// <summary>Starts it, and calls a delegate for each line of standard error.</summary>
    public static RunningTool Start(Tool tool, Action<string> onErrorLine, params string[] arguments) => new(tool.Command(arguments), onErrorLine);

    /// <summary>Waits until a line of standard error contains a text, or until the tool has ended.</summary>
    public Task UntilAsync(string part)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_talk)
        {
            _awaited.Add((part, seen));
            if (_talk.ToString().Split('\n').Any(line => line.Contains(part, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }

        return Task.WhenAny(seen.Task, _running.Task);
    }

    /// <summary>Asks it to end, like Ctrl+C, unless it has ended.</summary>
    public Task InterruptAsync() => _running.Task.IsCompleted ? Task.CompletedTask : Signals.InterruptAsync(ProcessId);

    /// <summary>Kills it, unless it has ended. When this returns, the process has ended.</summary>
    public void Kill()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            process.Kill();
            process.WaitForExit();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The process has already ended.
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<Outcome> EndAsync()
    {
        var result = await _running;
        return new Outcome(result.ExitCode, _answer.ToString(), _talk.ToString());
    }

    public void Dispose() => _running.Dispose();

    private void Read(string line, Action<string> onErrorLine)
    {
        onErrorLine(line);
        lock (_talk)
        {
            _talk.AppendLine(line);
            foreach (var (_, seen) in _awaited.Where(awaited => line.Contains(awaited.Part, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }
}
