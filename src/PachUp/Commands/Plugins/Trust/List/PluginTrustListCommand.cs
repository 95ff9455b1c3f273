using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Model;

namespace PachUp.Commands.Plugins.Trust.List;

/// <summary><c>pachup plugin trust list</c>: lists the trusted plugins.</summary>
internal sealed class PluginTrustListCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Lists the plugins that you trust.";

    private readonly OutputOption _output;

    public PluginTrustListCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup plugin trust list");
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
