using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Model;

namespace PachUp.Commands.Plugins.Trust.Remove;

/// <summary><c>pachup plugin trust remove</c>: stops trusting a plugin.</summary>
internal sealed class PluginTrustRemoveCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Stops trusting a plugin, so that PachUp does not load it again.";

    private readonly CommandArgument _plugin;
    private readonly OutputOption _output;

    public PluginTrustRemoveCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup plugin trust remove MyPlugin");
        _plugin = command.Argument("PLUGIN", "Its name, or the first digits of its hash (eight at least).");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var name = _plugin.Required("Name a plugin, as \"pachup plugin trust list\" shows it.");
        var removed = Installation.Trust.Remove(name);
        if (removed.IsEmpty)
        {
            throw new UsageException($"no trusted plugin is called \"{name}\"", "\"pachup plugin trust list\" shows the trusted ones.");
        }

        _output.Show(terminal, () => new TrustDocument(Installation.Trust.Path, removed), page => TrustView.WriteRemoved(page, removed));
        return Task.FromResult(ExitCode.Done);
    }
}
