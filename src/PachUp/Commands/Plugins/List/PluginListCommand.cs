using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins.Installing;
using PachUp.Model;
using PachUp.Sdk;

namespace PachUp.Commands.Plugins.List;

/// <summary><c>pachup plugin list</c>: lists the plugins, what they offer, and which cannot be used.</summary>
internal sealed class PluginListCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Lists all plugins with their versions and what they offer. Says why a plugin cannot be used.";

    private readonly PluginOption _plugins;
    private readonly CommandOption _outdated;
    private readonly FeedOption _feeds;
    private readonly OutputOption _output;

    public PluginListCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup plugin list",
            "pachup plugin list --outdated",
            "pachup plugin list --plugin-dir ./my-plugins --output json");
        _plugins = new PluginOption(command);
        _outdated = command.Flag("--outdated", "List only installed plugins that have a later version at the package sources.");
        _feeds = new FeedOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var loaded = Installation.LoadPlugins(_plugins);
        if (_outdated.HasValue())
        {
            var outdated = await FindOutdatedAsync(terminal, cancellationToken);
            _output.Show(terminal, () => new OutdatedDocument(outdated), page => PluginsView.WriteOutdated(page, outdated));
        }
        else
        {
            _output.Show(terminal, () => new PluginsDocument(loaded.Plugins, loaded.Problems), page => PluginsView.Write(page, loaded.Plugins));
        }

        Installation.WarnOfProblems(loaded, terminal);
        return ExitCode.Done;
    }

    private Task<ImmutableArray<OutdatedPlugin>> FindOutdatedAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var packages = _feeds.Open(terminal);
        return WorkDisplay.ShowAsync(terminal, async progress =>
        {
            var outdated = ImmutableArray.CreateBuilder<OutdatedPlugin>();
            foreach (var plugin in PluginLockFile.Read(Installation.PluginFolderOfUser).Plugins)
            {
                progress.Report(new StepProgress($"looking for later versions of {plugin.Id}"));
                if (await packages.FindLaterAsync(plugin, cancellationToken) is { } later)
                {
                    outdated.Add(new OutdatedPlugin(plugin.Id, plugin.Version, later));
                }
            }

            return outdated.ToImmutable();
        });
    }
}
