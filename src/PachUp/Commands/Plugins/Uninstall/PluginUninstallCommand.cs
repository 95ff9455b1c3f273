using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Runs.Records;
using PachUp.Model;

namespace PachUp.Commands.Plugins.Uninstall;

/// <summary><c>pachup plugin uninstall</c>: removes a plugin that was installed from a package.</summary>
internal sealed class PluginUninstallCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Removes a plugin that \"pachup plugin install\" installed, unless a run needs it.";

    private readonly CommandArgument _id;
    private readonly OutputOption _output;

    public PluginUninstallCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup plugin uninstall Acme.Freeze");
        _id = command.Argument("ID", "The id of its package.");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var id = PluginId.Of(_id, "Name a plugin, as \"pachup plugin list\" shows it.");
        using var store = PluginStore.Open(Installation.PluginFolderOfUser, PluginUse.Users);
        var removed = PluginId.FindIn(store, id);
        store.Remove(removed);
        Installation.Trust.Remove(removed.FilesSha256);
        _output.Show(terminal, () => removed, page => page.Line($"Uninstalled {removed.Id} {removed.Version}."));
        return Task.FromResult(ExitCode.Done);
    }
}
