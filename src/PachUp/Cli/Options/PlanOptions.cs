using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine.Plans;

namespace PachUp.Cli.Options;

/// <summary>A plan, and what the command line may change in it beside its clusters.</summary>
internal sealed class PlanOptions
{
    private readonly CommandArgument _plan;
    private readonly CommandOption _to;
    private readonly CommandOption _set;

    public PlanOptions(
        CommandLineApplication command, string planDescription = "The path of a plan, or the name of one that ships with PachUp.")
    {
        _plan = command.Argument("PLAN", planDescription);
        _to = command.Value("--to <RELEASE>", "Migrate to this point release of the plan's target line, or to \"latest\".");
        _set = command.Values("--set <SETTING>", "NAME=VALUE: set a parameter of the plan. May be repeated.");
        Secrets = new SecretOption(command);
        Plugins = new PluginOption(command, readsPlan: true);
    }

    public SecretOption Secrets { get; }

    public PluginOption Plugins { get; }

    /// <summary>What was given for the plan; null for nothing.</summary>
    public string? GivenPlan => _plan.Value;

    /// <summary>What was given for the plan.</summary>
    /// <exception cref="UsageException">Nothing was.</exception>
    public string Plan => _plan.Required("Name a plan, such as pachyderm-1.8.7-to-1.9.0. \"pachup path\" shows which plan to use.");

    /// <summary>What the command line changes in the plan.</summary>
    public PlanOverrides Overrides => new()
    {
        Set = [.. _set.Values],
        Secrets = [.. Secrets.References],
        To = _to.Value(),
    };

    /// <summary>The options as they were given, to repeat them in a command to copy.</summary>
    /// <param name="to">The release that the plan leads to instead of its own; null for its own.</param>
    public IEnumerable<string> Arguments(string? to) =>
    [
        .. to is null ? Array.Empty<string>() : ["--to", to],
        .. _set.Values.SelectMany(setting => new[] { "--set", setting }),
        .. Secrets.Arguments,
        .. Plugins.Arguments,
    ];
}
