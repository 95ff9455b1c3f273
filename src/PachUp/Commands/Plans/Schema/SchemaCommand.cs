using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plans.Reading;
using PachUp.Model;

namespace PachUp.Commands.Plans.Schema;

/// <summary><c>pachup schema</c>: prints prints prints the JSON schema of plans, for editors.</summary>
internal sealed class SchemaCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Prints the JSON schema of plans, with the steps of all plugins, for your editor.";

    private readonly PluginOption _plugins;

    public SchemaCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup schema > pachup-plan.schema.json");
        _plugins = new PluginOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var catalogue = Installation.LoadCatalogue(_plugins, terminal);
        terminal.Answer.Raw(PlanSchema.Generate(catalogue.Steps, catalogue.Platforms.Keys));
        return Task.FromResult(ExitCode.Done);
    }
}
