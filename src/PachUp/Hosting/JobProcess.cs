using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Engine.State;

namespace PachUp.Hosting;

/// <summary>
/// This process as one of a job, which the platform starts again whenever it ends with an error. After an end from outside it goes on; what ended by itself is
/// not repeated.
/// </summary>
/// <param name="terminal">Receives messages.</param>
/// <param name="record">The record of the job; null if this process works for none.</param>
internal sealed class JobProcess(Terminal terminal, RemoteJobRecord? record)
{
    /// <summary>The process of a command line.</summary>
    public static JobProcess Of(string[] arguments, Terminal terminal) => new(
        terminal,
        JobOfProcess.Id is { } id && arguments is ["apply" or "rollback", ..] ? new RemoteJobRecord(State, id) : null);

    /// <summary>Does the work of the process, unless an earlier process of the job has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public int Run(Func<int> work)
    {
        if (record?.ExitCode is { } before)
        {
            terminal.Messages.Line($"An earlier process of this job has ended by itself, with exit code {before}. Its log says why. Nothing is done again.");
            return before;
        }

        var exitCode = work();
        if (exitCode != ExitCode.Interrupted)
        {
            End(exitCode);
        }

        return exitCode;
    }

    private static StateDirectory State => new(Environment.GetEnvironmentVariable(StateDirectory.EnvironmentVariable) ?? StateDirectory.DefaultPath);

    private void End(int exitCode)
    {
        try
        {
            record?.End(exitCode);
        }
        catch (IOException e)
        {
            terminal.Warn($"The end of this process could not be recorded, so the next process of this job tries again: {e.Message}");
        }
    }
}
