using PachUp.CommandLine;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Locks;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary>Carries out the plan of a command that is more than <c>apply</c> of a plan somebody names, and shows how it ended.</summary>
/// <param name="state">Where runs are kept.</param>
/// <param name="plugins">Where to look for plugins.</param>
/// <param name="output">Who the answer is for.</param>
internal sealed class CommandRun(StateOption state, PluginOption plugins, OutputOption output)
{
    /// <summary>Carries out a plan that is not refused.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ApplyAsync(PlannedMigration plan, IEnumerable<string> options, Terminal terminal, CancellationToken cancellationToken)
    {
        string[] more = [.. state.Arguments, .. plugins.Arguments, .. options];
        IEnumerable<NextCommand> Continuations(RunDirectory run) => [NextCommand.Resume(run, more), NextCommand.RollBack(run, more)];
        var runner = new Runner(state.Directory, TimeProvider.System, new LockOptions { SharedDirectory = LockOptions.DirectoryOfUser });
        var result = await RunDisplay.ShowAsync(terminal, Continuations, observer => runner.ApplyAsync(plan, observer, cancellationToken));
        output.Show(terminal, () => new ApplyDocument(plan.Preview, RunDocument.Of(result)), page => RunView.Write(page, result));
        if (result.Outcome != RunOutcome.Done)
        {
            StopView.Write(terminal.Talk, result.Failure, Continuations(result.Run));
        }

        return ExitCode.Of(result.Outcome);
    }

    /// <summary>Says that nothing was done, and why.</summary>
    /// <returns>The exit code.</returns>
    public int NothingDone(PlannedMigration plan, string why, int exitCode, Terminal terminal)
    {
        output.Show(terminal, () => new ApplyDocument(plan.Preview, Run: null), page => page.Line(why));
        return exitCode;
    }
}
