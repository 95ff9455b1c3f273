using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Records;
using PachUp.Sdk;
using PachUp.Terminals;
using PachUp.Verification.Comparing;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary>Compares two places and shows what was found: what <c>verify</c> and <c>archive diff</c> share.</summary>
internal sealed class PlaceComparison
{
    private readonly StateOption _state;
    private readonly PluginOption _plugins;
    private readonly CommandOption _outputs;
    private readonly CommandOption _all;
    private readonly OutputOption _output;

    public PlaceComparison(CommandLineApplication command)
    {
        _state = new StateOption(command);
        _plugins = new PluginOption(command);
        _outputs = command.Value(
            "--outputs <CHOICE>", "What the migration between them did with the output of pipelines: recompute or keep. Default: recompute.");
        _all = command.Flag("--all", "Show every item of long lists.");
        _output = new OutputOption(command);
    }

    private OutputChoice Outputs => _outputs.Value() switch
    {
        null or "recompute" => OutputChoice.Recompute,
        "keep" => OutputChoice.Keep,
        var other => throw new UsageException($"--outputs cannot be \"{other}\"", "Say recompute or keep, as the plan did with --set outputs=..."),
    };

    /// <summary>Looks at the options before anything else is done.</summary>
    /// <exception cref="UsageException">One of them is wrong.</exception>
    public void Validate()
    {
        _output.Validate();
        _ = Outputs;
    }

    /// <summary>Compares and shows.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        ComparedPlace source, ComparedPlace target, DeepOptions deep, Terminal terminal, CancellationToken cancellationToken)
    {
        var comparison = new ClusterComparison(Installation.LoadCatalogue(_plugins, terminal).FindRoute, new PausedByRuns(_state.Directory).Undo)
        {
            Migration = new Sdk.MigrationOptions { Outputs = Outputs },
        };
        var report = await ProgressLine.ShowAsync(
            terminal, progress => comparison.CompareAsync(source, target, deep, progress, cancellationToken));
        _output.Show(
            terminal,
            () => VerificationDocument.Of(report),
            page => VerificationView.Write(page, report, Limit));
        return report.FoundLoss ? ExitCode.LossFound : ExitCode.Done;
    }

    /// <summary>Compares the output of a run's target after work, and shows what was found.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> RunAfterWorkAsync(AfterWorkCommand afterWork, PatienceOptions patience, Terminal terminal, CancellationToken cancellationToken) =>
        afterWork.RunAsync(_state, _plugins, patience, _output, Limit, terminal, cancellationToken);

    private ItemLimit Limit => _all.HasValue() ? ItemLimit.None : ItemLimit.Condensed;
}
