using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Terminals;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Model;

namespace PachUp.Commands.Plans.Schema;

/// <summary><c>pachup schema</c>: prints the JSON schema of plans or of events, for editors and programs.</summary>
internal sealed class SchemaCommand : ICommand
{
    /// <summary>What the command does, in one or two sentences.</summary>
    public const string Summary =
        "Prints a JSON schema: of plans, with the steps of all plugins, for your editor; or of the events of --output jsonl.";

    private const string Plans = "plans";
    private const string Events = "events";

    private readonly CommandArgument _what;
    private readonly PluginOption _plugins;

    public SchemaCommand(CommandLineApplication command)
    {
        command.AddExamples(
            "pachup schema > pachup-plan.schema.json",
            "pachup schema events");
        _what = command.Argument("WHAT", $"\"{Plans}\" or \"{Events}\". Default: {Plans}.");
        _plugins = new PluginOption(command);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.Answer.Json(_what.Value switch
        {
            null or Plans => SchemaOfPlans(Installation.LoadCatalogue(_plugins, terminal)),
            Events => EventSchema.Generate(),
            var other => throw new UsageException($"there is no schema of \"{other}\"", $"Choose {Plans} or {Events}."),
        });
        return Task.FromResult(ExitCode.Done);
    }

    private static string SchemaOfPlans(Catalogue catalogue) => PlanSchema.Generate(catalogue.Steps, catalogue.Platforms.Keys);
}
