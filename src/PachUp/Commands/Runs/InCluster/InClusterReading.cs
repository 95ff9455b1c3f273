using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plugins;
using PachUp.Engine.Remote;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Commands.Runs.InCluster;

/// <summary>Answers a command in the cluster, with the runs on the claim.</summary>
/// <param name="options">How it runs there.</param>
/// <param name="place">Where the runs are.</param>
/// <param name="output">The format of the answer.</param>
/// <param name="terminal">Receives the answer.</param>
internal sealed class InClusterReading(InClusterOptions options, PlatformOptions place, OutputOption output, Terminal terminal)
{
    private const string StartOfAnswer = "{";

    /// <summary>Answers a command.</summary>
    /// <param name="command">The command and its options, word by word, without those for the place of the runs.</param>
    /// <param name="catalogue">The platforms.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code of the command there.</returns>
    public async Task<int> AnswerAsync(IReadOnlyList<string> command, Catalogue catalogue, CancellationToken cancellationToken)
    {
        var platform = RemotePlan.PlatformOf(place.Platform, catalogue);
        var reading = new RemoteReading
        {
            Settings = place.Settings,
            Variables = ContinueOptions.VariablesFor(["--in-cluster", .. place.Arguments]),
            Arguments = [.. command, .. output.IsJson ? ["--output", "json", "--quiet"] : Array.Empty<string>(), "--state-dir", platform.StateDirectory],
            Image = options.Image,
        };
        var lines = new List<string>();
        var end = await platform.ReadAsync(reading, options.StartTimeout, lines.Add, notice => terminal.Messages.Hang("Note: ", notice), cancellationToken);
        if (end.ExitCode is not { } exitCode)
        {
            throw new StepFailedException($"the Job that reads the runs was ended: {end.Reason}", "Repeat the command.");
        }

        Show(lines);
        return exitCode;
    }

    /// <summary>The settings of the platform in the cluster, as options.</summary>
    public async Task<ImmutableArray<string>> PlaceThereAsync(Catalogue catalogue, CancellationToken cancellationToken)
    {
        var platform = RemotePlan.PlatformOf(place.Platform, catalogue);
        var source = await platform.SettingsThereAsync(place.Settings, cancellationToken);
        return
        [
            .. PlanArguments.Option("--kube-context", source.GetValueOrDefault("context")),
            .. PlanArguments.Option("--namespace", source.GetValueOrDefault("namespace")),
            .. PlanArguments.Option("--target-namespace", place.TargetSettings.GetValueOrDefault("namespace")),
        ];
    }

    // The log of a Job has its messages, too. A JSON answer is the last thing that it writes.
    private void Show(List<string> lines)
    {
        var answer = output.IsJson ? lines.IndexOf(StartOfAnswer) : 0;
        foreach (var message in lines.Take(answer < 0 ? lines.Count : answer))
        {
            terminal.Messages.Document(message);
        }

        if (answer >= 0)
        {
            var text = string.Join('\n', lines.Skip(answer));
            output.Show(terminal, () => JsonNode.Parse(text)!, page => page.Document(text));
        }
    }
}
