using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine.Plans;

namespace PachUp.Cli.Options;

/// <summary>A plan, and all options that change it.</summary>
internal sealed class MigrationCommandOptions
{
    private readonly PlanOptions _plan;
    private readonly CommandOption _inPlace;
    private readonly CommandOption _accept;

    public MigrationCommandOptions(
        CommandLineApplication command, string planDescription = "The path of a plan, or the name of one that ships with PachUp.")
    {
        Clusters = new ClusterOptions(command, isPlanned: true);
        _inPlace = command.Flag("--in-place", "The target replaces the source at its address: the old release is taken down. Needed where no --target is given.");
        _plan = new PlanOptions(command, planDescription);
        _accept = command.Values("--accept <CHECK>", "Accept the warning of this check, as \"accept\" in the plan does. May be repeated. It is part of the plan and of its hash.");
        command.Check(CheckPlace);
    }

    /// <summary>The option that accepts the warning of a check.</summary>
    public const string AcceptOption = "--accept";

    /// <summary>The option that says that the target replaces the source.</summary>
    public const string InPlaceOption = "--in-place";

    public ClusterOptions Clusters { get; }

    public SecretOption Secrets => _plan.Secrets;

    public PluginOption Plugins => _plan.Plugins;

    /// <inheritdoc cref="PlanOptions.GivenPlan"/>
    public string? GivenPlan => _plan.GivenPlan;

    /// <inheritdoc cref="PlanOptions.Plan"/>
    public string Plan => _plan.Plan;

    /// <summary>The file of a saved plan that was given in place of a plan; null if it is another plan or none.</summary>
    public string? SavedPlan => GivenPlan is { } path && Engine.Planning.SavedPlan.IsAt(path) ? path : null;

    /// <summary>A saved plan is carried out exactly as it was shown, so nothing can be changed in it.</summary>
    /// <exception cref="UsageException">An option would change it.</exception>
    public void ThrowIfItChangesSavedPlan()
    {
        var changes = Arguments("", Overrides.To).Skip(1).Except([.. Secrets.Arguments, .. Plugins.Arguments, .. Clusters.Timeouts.Arguments]);
        if (changes.FirstOrDefault() is { } change)
        {
            throw new UsageException($"{change} would change the saved plan \"{GivenPlan}\"", "Leave it out, or make a new plan with it: pachup plan ... --out FILE");
        }
    }

    /// <summary>Whether the target is said to replace the source.</summary>
    public bool IsInPlace => _inPlace.HasValue();

    /// <summary>What the command line changes in the plan.</summary>
    public PlanOverrides Overrides => _plan.Overrides with
    {
        Source = Clusters.Source,
        Target = Clusters.Target,
        InPlace = IsInPlace,
        Accept = [.. ToolSettings.Current.Accept.Union(_accept.Values.OfType<string>())],
        SourcePeer = Clusters.SourcePeer.Value,
        TargetPeer = Clusters.TargetPeer.Value,
        Platform = Clusters.Platform.Platform,
        Settings = Clusters.Platform.Settings,
        TargetSettings = Clusters.Platform.TargetSettings,
    };

    /// <summary>The plan and the options as given, for commands that the user can copy.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="to">The target release, if it is not the plan's own; null for the plan's own.</param>
    public IEnumerable<string> Arguments(string plan, string? to) => [plan, .. Clusters.Arguments, .. IsInPlace ? new[] { InPlaceOption } : [], .. _accept.Values.SelectMany(check => new[] { AcceptOption, check! }), .. _plan.Arguments(to)];

    private void CheckPlace()
    {
        if (IsInPlace && Clusters.Target is not null)
        {
            throw new UsageException("--target and --in-place cannot be used together", "Leave out --in-place for a new cluster beside the old one, else leave out --target.");
        }
    }
}
