using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine.Plans;

namespace PachUp.Cli.Options;

/// <summary>A plan, and the options that change something other than its clusters.</summary>
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

    /// <summary>The given plan; null for none.</summary>
    public string? GivenPlan => _plan.Value;

    /// <summary>The given plan.</summary>
    /// <exception cref="UsageException">No plan was given.</exception>
    public string Plan => _plan.Required("Name a plan, such as pachyderm-1.8.7-to-1.9.0. \"pachup path\" shows which plan to use.");

    /// <summary>What the command line changes in the plan.</summary>
    public PlanOverrides Overrides => new()
    {
        Set = [.. _set.Values],
        Secrets = [.. Secrets.References],
        To = _to.Value(),
    };

    /// <summary>The options as given, for commands that the user can copy.</summary>
    /// <param name="to">The target release, if it is not the plan's own; null for the plan's own.</param>
    public IEnumerable<string> Arguments(string? to) =>
    [
        .. to is null ? Array.Empty<string>() : ["--to", to],
        .. _set.Values.SelectMany(setting => new[] { "--set", setting }),
        .. Secrets.Arguments,
        .. Plugins.Arguments,
    ];
}
