using McMaster.Extensions.CommandLineUtils;
using PachUp.CommandLine;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Terminals;

namespace PachUp.Commands;

/// <summary><c>pachup schema</c>: the JSON schema of plans, for editors.</summary>
internal sealed class SchemaCommand : ICommand
{
    private readonly PluginOption _plugins;

    public SchemaCommand(CommandLineApplication command)
    {
        command.Describe(
            "Prints the JSON schema of plans, with the steps of all plugins, so that an editor can check plans while they are written.",
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
