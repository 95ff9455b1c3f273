using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans.Reading;
using PachUp.Model;
using PachUp.Pachyderm.Connections;

namespace PachUp.Commands.Completions;

/// <summary>
/// <c>pachup complete</c>: the names of one kind, one per line, for the scripts of <see cref="CompletionCommand"/>. A shell that completes must not show
/// errors, so what cannot be read has no names.
/// </summary>
internal sealed class CompleteCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary = "Prints names for the completion of a shell.";

    private readonly CommandArgument _kind;
    private readonly StateOption _state;
    private readonly PluginOption _plugins;

    public CompleteCommand(CommandLineApplication command)
    {
        command.AddExamples("pachup complete run");
        command.ShowInHelpText = false;
        _kind = command.Argument("KIND", "What is completed: plan, run, check, cluster, kube-context or format.");
        _state = new StateOption(command);
        _plugins = new PluginOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        foreach (var name in NamesOf(_kind.Value ?? "", terminal).Where(SafeText.IsSafe).Distinct().Order(StringComparer.Ordinal))
        {
            terminal.Answer.Unbroken(name);
        }

        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>The word by which the scripts ask for a kind of value.</summary>
    public static string WordOf(ValueKind kind) => kind switch
    {
        ValueKind.KubeContext => "kube-context",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private IEnumerable<string> NamesOf(string kind, Terminal terminal)
    {
        try
        {
            return kind switch
            {
                "plan" => PlanFinder.For(Installation.LoadPlugins(_plugins).Catalogue).Shipped.Select(plan => plan.Name),
                "run" => _state.Directory.ListRuns().Select(run => run.Id),
                "check" => CheckDescription.AllOf(Installation.LoadPlugins(_plugins).Catalogue).Select(check => check.Name),
                "cluster" => [.. ToolSettings.Current.NamedClusters.Keys, .. PachctlContexts().Select(name => $"context:{name}"), .. KubeContexts.Names().Select(name => KubernetesReference.Prefix + name)],
                "kube-context" => KubeContexts.Names(),
                "format" => ["text", "json", "jsonl"],
                _ => throw new UsageException($"there are no names of \"{kind}\"", "Choose plan, run, check, cluster, kube-context or format."),
            };
        }
        catch (Exception e) when (e is not UsageException)
        {
            terminal.Events.Publish(new Cli.Events.Warned(e.Message));
            return [];
        }
    }

    private static IReadOnlyCollection<string> PachctlContexts() => AddressResolver.FromProcess().ContextNames();
}
