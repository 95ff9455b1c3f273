using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Engine.Planning;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup plan</c>: shows what <c>apply</c> would do, and changes nothing.</summary>
internal sealed class PlanCommand : ICommand
{
    private readonly MigrationOptions _migration;
    private readonly StateOption _state;
    private readonly CommandOption _all;
    private readonly OutputOption _output;

    public PlanCommand(CommandLineApplication command)
    {
        command.Describe(
            "Shows what a plan would do, step by step, and everything that was found. Changes nothing. Without a plan, --to picks the next one to get there.",
            "pachup plan --source old:30650 --to 1.9.12",
            "pachup plan pachyderm-1.8.7-to-1.9.0",
            "pachup plan pachyderm-1.8.7-to-1.9.0 --source old:30650 --target new:30650 --set objects=true",
            "pachup plan my-plan.yaml --to 1.9.12 --output json");
        _migration = new MigrationOptions(command);
        _state = new StateOption(command);
        _all = command.Flag("--all", "Show every item of long lists.");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var migrations = new Migrations(_migration.Plugins, _migration.Clusters.Patience, terminal) { StatePath = _state.Directory.Path };
        var hop = await migrations.ChooseAsync(_migration, cancellationToken);
        if (hop.Plan is null)
        {
            return PathView.ShowNothingToDo(_output, terminal, hop.Way!);
        }

        await using var plan = await migrations.PlanAsync(hop.Plan, hop.Overrides, platform: null, cancellationToken);
        var preview = plan.Preview;
        var next = NextCommand.After(preview, [.. _migration.Arguments(hop.Plan, hop.Overrides.To, preview.Parameters), .. _state.Arguments]);
        _output.Show(terminal, () => new PlanDocument(preview, next.Text, hop.Way), page => Write(page, hop, preview, next));
        return preview.IsRefused ? ExitCode.Refused : ExitCode.Done;
    }

    private void Write(Page page, NextHop hop, PlanPreview preview, NextCommand next)
    {
        PathView.WriteHop(page, hop.Summary);
        PlanView.Write(page, preview, _all.HasValue() ? ItemLimit.None : ItemLimit.Condensed);
        NextCommandView.Write(page, next);
    }
}
