using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Model;
using PachUp.Verification.LateWrites;
using PachUp.Views;

namespace PachUp.Commands.Runs.Apply;

/// <summary><c>pachup apply --catch-up RUN</c>: shows what was written to the source after the extract, asks, and carries it.</summary>
/// <param name="state">Where runs are kept.</param>
/// <param name="migration">The options of the command.</param>
/// <param name="consent">Whether to ask.</param>
/// <param name="output">The format of the answer.</param>
/// <param name="execution">Carries it, and shows the result.</param>
internal sealed class CatchUpFlow(StateDirectory state, MigrationCommandOptions migration, Consent consent, OutputOption output, PlanExecution execution)
{
    /// <summary>Whether late writes are only shown.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>How many items of long lists are shown.</summary>
    public ItemLimit Limit { get; init; } = ItemLimit.Condensed;

    /// <summary>Shows, asks and carries.</summary>
    /// <param name="id">The id of the run; null for the last one.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string? id, Terminal terminal, CancellationToken cancellationToken)
    {
        var run = new RunChoice(state).FindOrLast(id, candidate => candidate is { HasStarted: true, RollbackStarted: false }, "caught up");
        if (!IsDryRun)
        {
            consent.EnsureCanAsk(terminal, "Look first with --dry-run, then add --yes.");
        }

        var migrations = new MigrationPlanner(migration.Plugins, migration.Clusters.Timeouts, terminal);
        await using var plan = await migrations.ReadToResumeAsync(run, migration.Overrides, cancellationToken);
        CatchUps.ThrowUnlessPossible(plan, run);
        var late = await WorkDisplay.ShowAsync(terminal, progress => CatchUps.LookAsync(plan, run, terminal.Events.Time, progress, cancellationToken));
        CatchUpView.Write(output.IsJson ? terminal.Messages : terminal.Answer, run, plan.Preview, late, Limit);
        if (!late.IsFound && RunState.Of(Journal.Read(run.File(RunFiles.Journal))).IsDone)
        {
            return execution.NothingDone(plan.Preview, "Nothing was done: the source and the target agree.", ExitCode.Done, terminal, late);
        }

        if (IsDryRun)
        {
            return execution.NothingDone(plan.Preview, "Nothing was done: this was a dry run.", ExitCode.Done, terminal, late);
        }

        return await consent.AskAsync(terminal, QuestionAbout(plan.Preview, late), cancellationToken)
            ? await execution.CatchUpAsync(run, plan, terminal, cancellationToken)
            : execution.NothingDone(plan.Preview, "Nothing was done.", ExitCode.Interrupted, terminal, late);
    }

    private static string QuestionAbout(PlanPreview plan, LateWriteReport late) => late.IsFound ? CatchUpView.QuestionAbout(plan) : "Nothing has to be carried. Do what is left of the run?";
}
