using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs.Records;
using PachUp.Model;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Views;

namespace PachUp.Commands.Clusters;

/// <summary>Compares two places and shows the result. Used by <c>verify</c> and <c>archive diff</c>.</summary>
internal sealed class PlaceComparison
{
    private readonly CommandOption _outputs;
    private readonly AllOption _all;

    public PlaceComparison(CommandLineApplication command)
    {
        State = new StateOption(command);
        Plugins = new PluginOption(command);
        _outputs = command.Value(
            "--outputs <CHOICE>", "How the migration treated the output of pipelines: recompute or keep. Default: recompute.");
        _all = new AllOption(command);
        Output = new OutputOption(command);
        command.Check(() => _ = Outputs);
    }

    /// <summary>Where runs are kept.</summary>
    public StateOption State { get; }

    /// <summary>The folders with plugins.</summary>
    public PluginOption Plugins { get; }

    /// <summary>The format of the answer.</summary>
    public OutputOption Output { get; }

    /// <summary>How many items of long lists are shown.</summary>
    public ItemLimit Limit => ItemLimit.Of(_all);

    private OutputChoice Outputs => _outputs.Value() switch
    {
        null or "recompute" => OutputChoice.Recompute,
        "keep" => OutputChoice.Keep,
        var other => throw new UsageException($"--outputs cannot be \"{other}\"", "Use recompute or keep, as the migration did with --set outputs."),
    };

    /// <summary>Compares and shows the result.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        ComparedPlace source, ComparedPlace target, DeepOptions deep, Terminal terminal, CancellationToken cancellationToken)
    {
        var comparison = new ClusterComparison(Installation.LoadCatalogue(Plugins, terminal).FindRoute, new PausedByRuns(State.Directory).Undo)
        {
            Migration = new MigrationOptions { Outputs = Outputs },
        };
        var report = await WorkDisplay.ShowAsync(
            terminal, progress => comparison.CompareAsync(source, target, deep, progress, cancellationToken));
        Output.Show(
            terminal,
            () => VerificationDocument.Of(report),
            page => VerificationView.Write(page, report, Limit));
        return report.FoundLoss ? ExitCode.LossFound : ExitCode.Done;
    }
}
