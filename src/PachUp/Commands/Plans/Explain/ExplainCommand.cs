using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Model;

namespace PachUp.Commands.Plans.Explain;

/// <summary><c>pachup explain</c>: explains a check.</summary>
internal sealed class ExplainCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Explains a check: what it asks, why it matters, what its results mean, and what to do.";

    private readonly CommandArgument _check;
    private readonly PluginOption _plugins;
    private readonly OutputOption _output;

    public ExplainCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup explain open-commits",
            "pachup explain shared-bucket --output json");
        _check = command.Argument("CHECK", "The name of a check, as plans show it.");
        _plugins = new PluginOption(command);
        _output = new OutputOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var name = _check.Required("Name a check; \"pachup check --list\" shows all of them.");
        var checks = CheckDescription.AllOf(Installation.LoadCatalogue(_plugins, terminal));
        var check = checks.FirstOrDefault(check => check.Name == name) ?? throw Unknown(name, checks.Select(check => check.Name));
        _output.Show(terminal, () => CheckDocument.Of(check), page => ChecksView.Explain(page, check));
        return Task.FromResult(ExitCode.Done);
    }

    private static UsageException Unknown(string name, IEnumerable<string> known)
    {
        var suggestion = NearestName.Of(name, known) is { } nearest ? $"Did you mean \"{nearest}\"? " : "";
        return new UsageException($"there is no check \"{name}\"", $"{suggestion}\"pachup check --list\" shows all of them.");
    }
}
