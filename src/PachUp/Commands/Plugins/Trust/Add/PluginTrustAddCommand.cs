using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Model;

namespace PachUp.Commands.Plugins.Trust.Add;

/// <summary><c>pachup plugin trust add</c>: trusts a plugin that did not ship with PachUp, with its current files.</summary>
internal sealed class PluginTrustAddCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Trusts a plugin with its current files, so that PachUp loads it. Its code then runs with your permissions.";

    private readonly CommandArgument _folder;
    private readonly OutputOption _output;

    public PluginTrustAddCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup plugin trust add ~/.pachup/plugins/MyPlugin");
        _folder = command.Argument("FOLDER", "The folder of the plugin.");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var plugin = PluginTrust.Examine(_folder.Required("Name the folder of a plugin, as \"pachup plugin list\" shows it."), TimeProvider.System);
        Installation.Trust.Add(plugin);
        _output.Show(terminal, () => new TrustDocument(Installation.Trust.Path, [plugin]), page => TrustView.WriteAdded(page, plugin));
        return Task.FromResult(ExitCode.Done);
    }
}
