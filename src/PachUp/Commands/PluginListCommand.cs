using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Terminals;
using PachUp.Views;

namespace PachUp.Commands;

/// <summary><c>pachup plugin list</c>: which plugins there are, what they offer, and which are broken.</summary>
internal sealed class PluginListCommand : ICommand
{
    private readonly PluginOption _plugins;
    private readonly OutputOption _output;

    public PluginListCommand(CommandLineApplication command)
    {
        command.Describe(
            "Lists the plugins with their versions and what they offer; those that cannot be used, with the reason.",
            "pachup plugin list",
            "pachup plugin list --plugin-dir ./my-plugins --output json");
        _plugins = new PluginOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var loaded = Installation.LoadPlugins(_plugins);
        _output.Show(terminal, () => new PluginsDocument(loaded.Plugins, loaded.Problems), page => PluginsView.Write(page, loaded.Plugins));
        foreach (var problem in loaded.Problems)
        {
            PluginsView.WriteProblem(terminal.Talk, problem);
        }

        return Task.FromResult(ExitCode.Done);
    }
}
