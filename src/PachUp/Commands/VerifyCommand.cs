using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Engine.Runs;
using PachUp.Engine.Verification;
using PachUp.Pachyderm.Connections;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup verify</c>: compares what one cluster holds with what it should have got from another.</summary>
internal sealed class VerifyCommand : ICommand
{
    private readonly CommandOption _source;
    private readonly CommandOption _target;
    private readonly StateOption _state;
    private readonly PluginOption _plugins;
    private readonly PatienceOptions _patience;
    private readonly CommandOption _all;
    private readonly OutputOption _output;

    public VerifyCommand(CommandLineApplication command)
    {
        command.Describe(
            "Compares the target with what it should hold after a migration from the source, and reads files. Exit code 4 for a loss.",
            "pachup verify --source old:30650 --target new:30650",
            "pachup verify --source .pachup/runs/20250301-101500-3f9a/source.inventory.json --target new:30650");
        _source = command.Value("--source <PLACE>", "The cluster that was left: HOST:PORT, a URL, or a saved inventory (.json).");
        _target = command.Value("--target <PLACE>", "The same for the cluster that was moved to.");
        _state = new StateOption(command);
        _plugins = new PluginOption(command);
        _patience = new PatienceOptions(command);
        _all = command.Flag("--all", "Show every item of long lists.");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        _output.Validate();
        var (source, target) = (Required(_source), Required(_target));
        var catalogue = Installation.LoadCatalogue(_plugins, terminal);
        var comparison = new ClusterComparison(catalogue, AddressResolver.FromProcess(_patience.For(terminal)), new PausedByRuns(_state.Directory));
        var report = await ProgressLine.ShowAsync(
            terminal, progress => comparison.CompareAsync(source, target, progress, cancellationToken));
        _output.Show(
            terminal,
            () => new VerificationDocument(ArrivalLine.Of(report), report),
            page => VerificationView.Write(page, report, _all.HasValue() ? ItemLimit.None : ItemLimit.Condensed));
        return report.FoundLoss ? ExitCode.LossFound : ExitCode.Done;
    }

    private static string Required(CommandOption place) =>
        place.Value() ?? throw new UsageException(
            $"--{place.LongName} is missing", "Give both --source and --target: an address, or a saved inventory (.json).");
}
