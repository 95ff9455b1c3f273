using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Model;
using PachUp.Views;

namespace PachUp.Commands.Plans.Check;

/// <summary><c>pachup check</c>: runs all checks of a plan, or lists all checks.</summary>
internal sealed class CheckCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Runs all checks of a plan and shows the results. Changes nothing. Exit code 3 if a check refuses.";

    private readonly MigrationCommandOptions _migration;
    private readonly CommandOption _list;
    private readonly AllOption _all;
    private readonly StateOption _state;
    private readonly LockDirectoryOption _locks;
    private readonly OutputOption _output;

    public CheckCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup check pachyderm-1.8.7-to-1.9.0 --source old:30650 --target new:30650",
            "pachup check --list");
        _migration = new MigrationCommandOptions(command);
        _list = command.Flag("--list", "List all checks. Needs no plan and no cluster.");
        _all = new AllOption(command, hasChecks: true);
        _state = new StateOption(command);
        _locks = new LockDirectoryOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        return _list.HasValue() ? Task.FromResult(List(terminal)) : AskAsync(terminal, cancellationToken);
    }

    private int List(Terminal terminal)
    {
        if (_migration.GivenPlan is { } plan)
        {
            throw new UsageException($"--list takes no plan, and \"{plan}\" is given", "Leave out one of the two.");
        }

        var checks = CheckDescription.AllOf(Installation.LoadCatalogue(_migration.Plugins, terminal));
        _output.Show(terminal, () => ChecksDocument.Of(checks), page => ChecksView.WriteList(page, checks));
        return ExitCode.Done;
    }

    private async Task<int> AskAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var migrations = new MigrationPlanner(_migration.Plugins, _migration.Clusters.Timeouts, terminal)
        {
            StatePath = _state.Directory.Path,
            UnfinishedRuns = _locks.Telling(_state.Directory, terminal),
        };
        await using var plan = await migrations.PlanAsync(_migration.Plan, _migration.Overrides, platform: null, cancellationToken);
        var (findings, isRefused) = (plan.Preview.Findings, plan.Preview.IsRefused);
        _output.Show(
            terminal,
            () => new FindingsDocument(isRefused, findings),
            page => FindingsView.Write(page, findings, ItemLimit.Of(_all)));
        return isRefused ? ExitCode.Refused : ExitCode.Done;
    }
}
