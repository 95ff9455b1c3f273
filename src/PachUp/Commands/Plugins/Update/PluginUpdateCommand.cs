using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins.Installing;
using PachUp.Engine.Runs.Records;
using PachUp.Model;
using PachUp.Packages;

namespace PachUp.Commands.Plugins.Update;

/// <summary><c>pachup plugin update</c>: installs later versions of plugins.</summary>
internal sealed class PluginUpdateCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Installs the latest version of a plugin, or of all that \"pachup plugin install\" installed.";

    private readonly CommandArgument _id;
    private readonly FeedOption _feeds;
    private readonly Consent _consent;
    private readonly OutputOption _output;

    public PluginUpdateCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup plugin update Acme.Freeze",
            "pachup plugin update --yes");
        _id = command.Argument("ID", "The id of its package. Default: all.");
        _feeds = new FeedOption(command);
        _consent = new Consent(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        using var store = PluginStore.Open(Installation.PluginFolderOfUser, PluginUse.Users);
        var plugins = Chosen(store);
        _consent.EnsureCanAsk(terminal, "Check the plugin first, then add --yes.");
        var packages = _feeds.Open(terminal);
        var installation = new PluginInstaller(store, packages, _consent, terminal) { IsQuiet = _output.IsJson };
        var updated = new List<InstallDocument>();
        foreach (var plugin in plugins)
        {
            if (await packages.FindLaterAsync(plugin, cancellationToken) is not { } later)
            {
                terminal.Messages.Line($"{plugin.Id} {plugin.Version} is up to date.");
            }
            else if (await installation.RunAsync(plugin.Id, VersionRequest.Exactly(later), cancellationToken) is { } document)
            {
                updated.Add(document);
                if (!_output.IsJson)
                {
                    InstallView.WriteInstalled(terminal.Answer, document);
                }
            }
        }

        _output.Show(terminal, () => new UpdateDocument([.. updated]), _ => { });
        return ExitCode.Done;
    }

    private ImmutableArray<InstalledPlugin> Chosen(PluginStore store) => string.IsNullOrEmpty(_id.Value)
        ? store.Lock.Plugins
        : [PluginId.FindIn(store, _id.Value)];
}
