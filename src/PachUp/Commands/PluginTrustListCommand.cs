using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup plugin trust list</c>: the plugins that were accepted.</summary>
internal sealed class PluginTrustListCommand : ICommand
{
    private readonly OutputOption _output;

    public PluginTrustListCommand(CommandLineApplication command)
    {
        command.Describe("Lists the plugins that you have accepted.", "pachup plugin trust list");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var trust = Installation.Trust;
        var plugins = trust.List();
        _output.Show(terminal, () => new TrustDocument(trust.Path, plugins), page => TrustView.Write(page, trust.Path, plugins));
        return Task.FromResult(ExitCode.Done);
    }
}
