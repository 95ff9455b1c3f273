using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Events;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Commands.Runs.InCluster;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Model;
using PachUp.Model.Sandboxes;
using PachUp.Views;

namespace PachUp.Commands.Runs.Apply;

/// <summary><c>pachup apply</c>: shows a plan and carries it out exactly as shown, or resumes a run.</summary>
internal sealed class ApplyCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Shows a plan, asks, and carries it out exactly as shown. With --resume, continues a run that stopped. With --catch-up, carries what was written to the "
        + "source of a run after the extract.";

    private readonly MigrationCommandOptions _migration;
    private readonly SandboxRunOptions _sandbox;
    private readonly InClusterOptions _inCluster;
    private readonly CommandOption _dryRun;
    private readonly CommandOption _expect;
    private readonly CommandOption _resume;
    private readonly CommandOption _catchUp;
    private readonly AllOption _all;
    private readonly StateOption _state;
    private readonly LockOption _locks;
    private readonly Consent _consent;
    private readonly OutputOption _output;

    public ApplyCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup apply pachyderm-1.8.7-to-1.9.0 --sandbox --yes",
            "pachup apply pachyderm-1.8.7-to-1.9.0 --source old:30650 --target new:30650 --expect 3f9ac2d41b07",
            "pachup apply pachyderm-1.8.7-to-1.9.0 --source old:30650 --in-place",
            "pachup apply change.pachplan",
            "pachup apply --resume",
            "pachup apply --catch-up 20250301-101500-3f9a",
            "pachup apply pachyderm-1.8.7-to-1.9.0 --namespace pachyderm --in-cluster --image registry.example/pachup:0.1.0");
        _migration = new MigrationCommandOptions(
            command, "The path of a plan, the name of one that ships with PachUp, or a file that \"pachup plan --out\" saved; with --resume or --catch-up, the id of the run.");
        _dryRun = command.Flag("--dry-run", "Show the plan and stop.");
        _expect = command.Value("--expect <HASH>", "Refuse unless the plan still has the hash that \"pachup plan\" showed.");
        _resume = command.Flag(
            "--resume",
            "Continue the named run, or else the last one that stopped.");
        _catchUp = command.Flag(
            "--catch-up",
            "Carry what was written to the source of the named run, or else the last one, after the extract, until nothing is written any more; then do what is left of its plan.");
        _sandbox = new SandboxRunOptions(command);
        _inCluster = new InClusterOptions(command, "Run the plan");
        _all = new AllOption(command, hasChecks: true);
        _state = new StateOption(command);
        _locks = new LockOption(command);
        _consent = new Consent(command, "a migration in place");
        _output = new OutputOption(command);
        command.Check(() => _inCluster.ThrowIfUsedWith(
            (_sandbox.IsWanted, "--sandbox", "the clusters of a sandbox run in this process"),
            (_state.IsGiven, "--state-dir", "runs are kept on a persistent volume claim")));
        command.Check(ThrowIfContinuedTwice);
    }

    private PlanExecution Run => new(
        _state,
        _locks,
        _output,
        [.. ContinueOptions.With([.. _state.Arguments, .. _migration.Plugins.Arguments, .. NewSecrets, .. _migration.Clusters.Timeouts.Arguments, .. _consent.Arguments])])
    {
        EndsWithCommand = _sandbox.IsWanted,

        // Consent to the plan that was shown is not consent to more than it.
        Ask = _consent.IsGiven || _output.IsJson ? null : _consent.AskAsync,
    };

    /// <summary>A run records the places of its secrets when it starts. Places that are given later are not recorded, so the user must give them again.</summary>
    private IEnumerable<string> NewSecrets => _resume.HasValue() || _catchUp.HasValue() ? _migration.Secrets.Arguments : [];

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken) => _inCluster.IsWanted ? ApplyInClusterAsync(terminal, cancellationToken)
        : _catchUp.HasValue() ? CatchUp.RunAsync(_migration.GivenPlan, terminal, cancellationToken)
        : _resume.HasValue() ? ResumeAsync(new RunChoice(_state.Directory).FindOrLast(_migration.GivenPlan, state => state.CanResume, "resumed"), terminal, cancellationToken)
        : new RunChoice(_state.Directory).TryFindOfJob(JobOfProcess.Id) is { } begun ? ResumeAsync(begun, terminal, cancellationToken)
        : _sandbox.IsWanted ? ApplyInSandboxAsync(terminal, cancellationToken)
        : ApplyAsync(terminal, cancellationToken);

    private async Task<int> ApplyAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var migrations = new MigrationPlanner(_migration.Plugins, _migration.Clusters.Timeouts, terminal)
        {
            StatePath = _state.Directory.Path,
            NeedsInPlaceSaid = true,
            UnfinishedRuns = _locks.Refusing(_state.Directory),
        };
        var (requested, way) = await RequestedPlan.FindAsync(_migration, _expect.Value(), migrations, _state.Directory, cancellationToken);
        if (requested is null)
        {
            return PathView.ShowNothingToDo(_output, terminal, way!);
        }

        if (await FinishedRuns.TryFindAsync(requested.Request, _state.Directory, cancellationToken) is { } finished)
        {
            return ShowDoneAlready(finished, terminal);
        }

        EnsureCanAsk(terminal);
        await using var plan = await migrations.PlanAsync(requested.Request, cancellationToken);
        if (!_output.IsJson)
        {
            PathView.WriteHop(terminal.Answer, requested.Summary);
        }

        return await CarryOutAsync(plan, requested.Expected, terminal, cancellationToken);
    }

    private async Task<int> ApplyInSandboxAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var migrations = new MigrationPlanner(_migration.Plugins, _migration.Clusters.Timeouts, terminal) { StatePath = _state.Directory.Path };
        _ = migrations.Load(_migration.Plan, _migration.Overrides);
        EnsureCanAsk(terminal);
        await using var sandbox = await _sandbox.StartAsync(_migration, migrations, cancellationToken);
        await using var plan = await migrations.PlanAsync(_migration.Plan, sandbox.Overrides, sandbox.Platform, cancellationToken);
        return await CarryOutAsync(plan, ExpectedPlan.Of(_expect.Value(), _state.Directory), terminal, cancellationToken);
    }

    private void ThrowIfContinuedTwice()
    {
        if (_resume.HasValue() && _catchUp.HasValue())
        {
            throw new UsageException("--resume cannot be used with --catch-up", "--catch-up also does what is left of the run. Leave out --resume.");
        }
    }

    private Task<int> ApplyInClusterAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        EnsureCanAsk(terminal);
        var migrations = new MigrationPlanner(_migration.Plugins, _migration.Clusters.Timeouts, terminal) { NeedsInPlaceSaid = true, UnfinishedRuns = _locks.Refusing(_state.Directory) };
        var runs = new InClusterRuns(_inCluster, _migration.Clusters.Platform, _migration.Clusters.Timeouts, _consent, _output, terminal)
        {
            IsDryRun = _dryRun.HasValue(),
            Limit = Limit,
            BreaksLock = _locks.Options.BreaksLeft,
        };
        return _resume.HasValue() ? runs.ContinueAsync(["apply", "--resume", .. Named(_migration.GivenPlan)], "Resume this run in the cluster?", migrations, cancellationToken)
            : _catchUp.HasValue() ? runs.ContinueAsync(["apply", "--catch-up", .. Named(_migration.GivenPlan)], "Carry what was written late to this run's source, in the cluster?", migrations, cancellationToken)
            : runs.ApplyAsync(_migration, _expect.Value(), _state.Directory, migrations, cancellationToken);
    }

    private CatchUpFlow CatchUp => new(_state.Directory, _migration, _consent, _output, Run) { IsDryRun = _dryRun.HasValue(), Limit = Limit };

    private ItemLimit Limit => ItemLimit.Of(_all);

    private static string[] Named(string? run) => run is null ? [] : [run];

    private async Task<int> CarryOutAsync(PlannedMigration plan, ExpectedPlan? expected, Terminal terminal, CancellationToken cancellationToken)
    {
        ShowPlan(plan.Preview, terminal);
        if (plan.Preview.IsRefused)
        {
            return Run.NothingDone(plan.Preview, "Nothing was done. Fix the findings marked \"refused\" first.", ExitCode.Refused, terminal);
        }

        expected?.ThrowIfDifferent(plan.Preview);
        if (_dryRun.HasValue())
        {
            return Run.NothingDone(plan.Preview, "Nothing was done: this was a dry run.", ExitCode.Done, terminal);
        }

        if (!await AskAsync(plan.Preview, terminal, cancellationToken))
        {
            return Run.NothingDone(plan.Preview, "Nothing was done.", ExitCode.Interrupted, terminal);
        }

        return await Run.ApplyAsync(plan, terminal, cancellationToken);
    }

    /// <summary>A plan that replaces its cluster is confirmed with the name of the cluster, because "yes" is typed too easily.</summary>
    private async Task<bool> AskAsync(PlanPreview plan, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!_consent.IsGiven)
        {
            ConsequencesView.Write(terminal.Messages, plan, DowntimeForecast.TryRead(_state.Directory, plan));
        }

        return await _consent.AskAllAsync(terminal, QuestionsOf(plan), cancellationToken)
            && ((plan.ReplacesSource && !_sandbox.IsWanted) || _consent.GivenName is not null
                ? await _consent.AskForNameAsync(terminal, plan.ClusterToConfirm, "apply exactly this plan", yesSuffices: true, cancellationToken)
                : await _consent.AskAsync(terminal, "Apply exactly this plan?", cancellationToken));
    }

    private void EnsureCanAsk(Terminal terminal)
    {
        if (!_dryRun.HasValue())
        {
            _consent.EnsureCanAsk(terminal);
        }
    }

    private int ShowDoneAlready(FinishedRun finished, Terminal terminal)
    {
        _output.Show(terminal, () => new ApplyDocument(finished.Plan, Run: null) { DoneBefore = finished.Run.Id }, page => DoneBeforeView.Write(page, finished, _state.Arguments));
        return ExitCode.Done;
    }

    private static IEnumerable<string> QuestionsOf(PlanPreview plan) => plan.Steps.Select(step => step.Preview.Confirmation).OfType<string>();

    private async Task<int> ResumeAsync(RunDirectory run, Terminal terminal, CancellationToken cancellationToken)
    {
        _consent.EnsureCanAsk(terminal);
        var migrations = new MigrationPlanner(_migration.Plugins, _migration.Clusters.Timeouts, terminal);
        await using var plan = await migrations.ReadToResumeAsync(run, _migration.Overrides, cancellationToken);
        ResumptionView.Write(terminal.Messages, run, plan);
        if (!await _consent.AskAsync(terminal, "Resume this run?", cancellationToken))
        {
            return Run.NothingDone(plan.Preview, "Nothing was done.", ExitCode.Interrupted, terminal);
        }

        return await Run.ResumeAsync(run, plan, terminal, cancellationToken);
    }

    private void ShowPlan(PlanPreview plan, Terminal terminal)
    {
        terminal.Events.Publish(new PlanShown(plan));
        if (!_output.IsJson)
        {
            PlanView.Write(terminal.Answer, plan, Limit, DowntimeForecast.TryRead(_state.Directory, plan));
            terminal.Answer.Blank();
        }
    }
}
