using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine.Plans;

namespace PachUp.Cli.Options;

/// <summary>A plan, its clusters, and everything else that the command line may change in it.</summary>
internal sealed class MigrationCommandOptions
{
    private readonly PlanOptions _plan;

    public MigrationCommandOptions(
        CommandLineApplication command, string planDescription = "The path of a plan, or the name of one that ships with PachUp.")
    {
        Clusters = new ClusterOptions(command);
        _plan = new PlanOptions(command, planDescription);
    }

    public ClusterOptions Clusters { get; }

    public SecretOption Secrets => _plan.Secrets;

    public PluginOption Plugins => _plan.Plugins;

    /// <inheritdoc cref="PlanOptions.GivenPlan"/>
    public string? GivenPlan => _plan.GivenPlan;

    /// <inheritdoc cref="PlanOptions.Plan"/>
    public string Plan => _plan.Plan;

    /// <summary>What the command line changes in the plan.</summary>
    public PlanOverrides Overrides => _plan.Overrides with
    {
        Source = Clusters.Source,
        Target = Clusters.Target,
        SourcePeer = Clusters.SourcePeer.Value,
        TargetPeer = Clusters.TargetPeer.Value,
        Platform = Clusters.Platform.Platform,
        Settings = Clusters.Platform.Settings,
        TargetSettings = Clusters.Platform.TargetSettings,
    };

    /// <summary>The plan and the options as they were given, to repeat them in a command to copy.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="to">The release that it leads to instead of its own; null for its own.</param>
    public IEnumerable<string> Arguments(string plan, string? to) => [plan, .. Clusters.Arguments, .. _plan.Arguments(to)];
}
