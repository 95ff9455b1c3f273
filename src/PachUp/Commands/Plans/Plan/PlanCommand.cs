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
    private readonly CommandOption _all;
    private readonly OutputOption _output;

    public PlanCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup plan --source old:30650 --to 1.9.12",
            "pachup plan pachyderm-1.8.7-to-1.9.0",
            "pachup plan pachyderm-1.8.7-to-1.9.0 --sandbox",
            "pachup plan pachyderm-1.8.7-to-1.9.0 --source old:30650 --target new:30650 --set objects=true",
            "pachup plan my-plan.yaml --to 1.9.12 --output json");
        _migration = new MigrationCommandOptions(command);
        _sandbox = new SandboxRunOptions(command);
        _state = new StateOption(command);
        _all = command.Flag("--all", "Show every item of long lists.");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        _output.Validate();
        _sandbox.Validate();
        var migrations = new MigrationPlanner(_migration.Plugins, _migration.Clusters.Patience, terminal) { StatePath = _state.Directory.Path };
        return _sandbox.IsWanted
            ? await PlanInSandboxAsync(migrations, terminal, cancellationToken)
            : await PlanAsync(migrations, terminal, cancellationToken);
    }

    private async Task<int> PlanAsync(MigrationPlanner migrations, Terminal terminal, CancellationToken cancellationToken)
    {
        var hop = await migrations.ChooseAsync(_migration, cancellationToken);
        if (hop.Plan is null)
        {
            return PathView.ShowNothingToDo(_output, terminal, hop.Way!);
        }

        await using var plan = await migrations.PlanAsync(hop.Plan, hop.Overrides, platform: null, cancellationToken);
        var preview = plan.Preview;
        var isUnsaid = preview.IsInPlace && !plan.Document.HasOneCluster && !plan.Document.SaysInPlace && !_migration.IsInPlace;
        var next = NextCommand.After(preview, [.. Arguments(hop.Plan, hop.Overrides.To), .. isUnsaid ? new[] { MigrationCommandOptions.InPlaceOption } : []]);
        if (!_output.IsJson)
        {
            PathView.WriteHop(terminal.Answer, hop.Summary);
        }

        return Show(preview, next, hop.Way, terminal);
    }

    private async Task<int> PlanInSandboxAsync(MigrationPlanner migrations, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var sandbox = await _sandbox.StartAsync(_migration, migrations, cancellationToken);
        await using var plan = await migrations.PlanAsync(_migration.Plan, sandbox.Overrides, sandbox.Platform, cancellationToken);
        var arguments = Arguments(_migration.Plan, _migration.Overrides.To);
        return Show(plan.Preview, NextCommand.Try(plan.Preview, [.. arguments, .. _sandbox.Arguments]), way: null, terminal);
    }

    private IEnumerable<string> Arguments(string plan, string? to) => [.. _migration.Arguments(plan, to), .. _state.Arguments];

    private int Show(PlanPreview preview, NextCommand next, MigrationPath? way, Terminal terminal)
    {
        _output.Show(terminal, () => new PlanAnswer(preview, next.Text, way), page =>
        {
            PlanView.Write(page, preview, _all.HasValue() ? ItemLimit.None : ItemLimit.Condensed, DowntimeForecast.TryRead(_state.Directory, preview));
            NextCommandView.Write(page, next);
        });
        return preview.IsRefused ? ExitCode.Refused : ExitCode.Done;
    }
}
