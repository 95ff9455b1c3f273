using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Routes;
using PachUp.Model;
using PachUp.Model.Sandboxes;
using PachUp.Views;

namespace PachUp.Commands.Plans.Plan;

/// <summary><c>pachup plan</c>: shows what <c>apply</c> would do, and changes nothing.</summary>
internal sealed class PlanCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Shows what a plan would do, step by step, and the results of all checks. Changes nothing. Without PLAN, --to selects the plan for the next step to that release.";

    private readonly MigrationCommandOptions _migration;
    private readonly SandboxRunOptions _sandbox;
    private readonly StateOption _state;
    private readonly AllOption _all;
    private readonly CommandOption _out;
    private readonly CommandOption _detailed;
    private readonly LockDirectoryOption _locks;
    private readonly OutputOption _output;

    public PlanCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup plan --source old:30650 --to 1.9.12",
            "pachup plan pachyderm-1.8.7-to-1.9.0",
            "pachup plan pachyderm-1.8.7-to-1.9.0 --sandbox",
            "pachup plan pachyderm-1.8.7-to-1.9.0 --source old:30650 --target new:30650 --set objects=true",
            "pachup plan pachyderm-1.8.7-to-1.9.0 --source old:30650 --target new:30650 --out change.pachplan",
            "pachup plan my-plan.yaml --to 1.9.12 --output json");
        _migration = new MigrationCommandOptions(command);
        _sandbox = new SandboxRunOptions(command);
        _state = new StateOption(command);
        _all = new AllOption(command, hasChecks: true);
        _out = command.Value("--out <FILE>", $"Save the plan as shown, such as change{SavedPlan.Ending}: \"pachup show FILE\" shows it again, \"pachup apply FILE\" carries out exactly that.");
        _detailed = command.Flag(
            "--detailed-exitcode", "Return 0 if there is nothing to do, 5 if there are changes to make without warnings, 6 if there are warnings that are not accepted.");
        _locks = new LockDirectoryOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var migrations = new MigrationPlanner(_migration.Plugins, _migration.Clusters.Timeouts, terminal)
        {
            StatePath = _state.Directory.Path,
            UnfinishedRuns = _sandbox.IsWanted ? null : _locks.Telling(_state.Directory, terminal),
        };
        return _sandbox.IsWanted
            ? await PlanInSandboxAsync(migrations, terminal, cancellationToken)
            : await PlanAsync(migrations, terminal, cancellationToken);
    }

    private async Task<int> PlanAsync(MigrationPlanner migrations, Terminal terminal, CancellationToken cancellationToken)
    {
        var (requested, way) = await RequestedPlan.FindAsync(_migration, hash: null, migrations, _state.Directory, cancellationToken);
        if (requested is null)
        {
            return PathView.ShowNothingToDo(_output, terminal, way!);
        }

        await using var plan = await migrations.PlanAsync(requested.Request, cancellationToken);
        var preview = plan.Preview;
        var isUnsaid = preview.IsInPlace && !plan.Document.HasOneCluster && !plan.Document.SaysInPlace && !_migration.IsInPlace;
        var next = NextCommand.After(preview, [.. requested.Arguments, .. _state.Arguments, .. isUnsaid ? new[] { MigrationCommandOptions.InPlaceOption } : []]);
        if (!_output.IsJson)
        {
            PathView.WriteHop(terminal.Answer, requested.Summary);
        }

        return Show(plan, next, requested.Way, terminal);
    }

    private async Task<int> PlanInSandboxAsync(MigrationPlanner migrations, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var sandbox = await _sandbox.StartAsync(_migration, migrations, cancellationToken);
        await using var plan = await migrations.PlanAsync(_migration.Plan, sandbox.Overrides, sandbox.Platform, cancellationToken);
        var arguments = Arguments(_migration.Plan, _migration.Overrides.To);
        return Show(plan, NextCommand.Try(plan.Preview, [.. arguments, .. _sandbox.Arguments]), way: null, terminal);
    }

    private IEnumerable<string> Arguments(string plan, string? to) => [.. _migration.Arguments(plan, to), .. _state.Arguments];

    private int Show(PlannedMigration plan, NextCommand next, MigrationPath? way, Terminal terminal)
    {
        var preview = plan.Preview;
        if (_out.Path() is { } file)
        {
            SavedPlan.Write(file, plan, ToolVersion.Text, TimeProvider.System.GetUtcNow());
            next = NextCommand.Apply(file, preview, _state.Arguments) ?? next;
        }

        _output.Show(terminal, () => new PlanAnswer(preview, next.Text, way), page =>
        {
            PlanView.Write(page, preview, ItemLimit.Of(_all), DowntimeForecast.TryRead(_state.Directory, preview));
            NextCommandView.Write(page, next);
        });
        return preview.IsRefused ? ExitCode.Refused : _detailed.HasValue() ? ExitCode.Of(preview) : ExitCode.Done;
    }
}
