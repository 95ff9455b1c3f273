using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Settings;

namespace PachUp.Commands.Settings;

/// <summary><c>pachup config</c>: shows which settings apply here, and where they come from.</summary>
internal sealed class ConfigCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary = "Shows the settings that apply here: named clusters, the state directory, the output format, accepted checks.";

    private readonly OutputOption _output;

    public ConfigCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup config");
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var settings = ToolSettings.Current;
        _output.Show(terminal, () => settings, page => Write(page, settings));
        return Task.FromResult(ExitCode.Done);
    }

    private static void Write(Page page, UserSettings settings)
    {
        if (settings.File is null)
        {
            page.Line($"There is no settings file. PachUp looks for {string.Join(", then ", ToolSettings.Places)}");
        }

        page.Fields(0,
            ("File", settings.File ?? ""),
            ("State", StateOption.DefaultPath),
            ("Output", settings.Output ?? "text"),
            ("Accepts", string.Join(", ", settings.Accept)));
        foreach (var cluster in settings.NamedClusters.Values)
        {
            page.Hang($"Cluster {cluster.Name}: ", cluster.IsOnKubernetes
                ? $"Kubernetes, context {cluster.KubeContext ?? "(current)"}, namespace {cluster.Namespace ?? "(of the context)"}"
                : cluster.Address + (cluster.Peer is null ? "" : $", peer port {cluster.Peer}"));
        }
    }
}
