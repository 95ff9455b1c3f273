using PachUp.CommandLine;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
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
        var runner = new Runner(state.Directory, TimeProvider.System);
        var result = await RunDisplay.ShowAsync(terminal, observer => runner.ApplyAsync(plan, observer, cancellationToken));
        output.Show(terminal, () => new ApplyDocument(plan.Preview, RunDocument.Of(result)), page => RunView.Write(page, result));
        if (result.Outcome != RunOutcome.Done)
        {
            string[] more = [.. state.Arguments, .. plugins.Arguments, .. options];
            StopView.Write(terminal.Talk, result.Failure, [NextCommand.Resume(result.Run, more), NextCommand.RollBack(result.Run, more)]);
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
