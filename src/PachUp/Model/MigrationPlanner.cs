using PachUp.Cli;
using PachUp.Cli.Options;
using PachUp.Cli.Progress;
using PachUp.Cli.Terminals;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Model;

/// <summary>Makes previews of plans, and reads the plans of runs.</summary>
/// <param name="plugins">Where to look for plugins.</param>
/// <param name="timeouts">How long to wait for servers.</param>
/// <param name="terminal">Receives progress messages.</param>
internal sealed class MigrationPlanner(PluginOption plugins, TimeoutOptions timeouts, Terminal terminal)
{
    private readonly Lazy<Catalogue> _catalogue = new(() => Installation.LoadCatalogue(plugins, terminal));

    /// <summary>Where runs are kept.</summary>
    public string StatePath { get; init; } = StateOption.DefaultPath;

    /// <summary>Whether a plan is refused that takes the place of its source without saying so.</summary>
    public bool NeedsInPlaceSaid { get; init; }

    /// <summary>Finds what other runs have left on the clusters; null to look for nothing.</summary>
    public IUnfinishedRuns? UnfinishedRuns { get; init; }

    /// <summary>Makes the preview of a plan.</summary>
    /// <param name="plan">Its path, or the name of one that ships with the tool or a plugin.</param>
    /// <param name="overrides">What the command line changes in it.</param>
    /// <param name="platform">A platform to use instead of the plan's own; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<PlannedMigration> PlanAsync(string plan, PlanOverrides overrides, IPlatform? platform, CancellationToken cancellationToken) =>
        PlanAsync(Request(plan, overrides) with { Platform = platform }, cancellationToken);

    /// <summary>Makes the preview of a plan.</summary>
    public Task<PlannedMigration> PlanAsync(PlanRequest request, CancellationToken cancellationToken) =>
        WorkDisplay.ShowAsync(terminal, progress => Planner.PlanAsync(request with { Progress = progress }, cancellationToken));

    /// <summary>Makes the preview of a plan that another machine runs.</summary>
    /// <param name="request">The plan.</param>
    /// <param name="statePath">The state directory on that machine.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<PlannedMigration> PlanElsewhereAsync(PlanRequest request, string statePath, CancellationToken cancellationToken)
    {
        var elsewhere = request with { StatePath = statePath, IsCarriedOutElsewhere = true };
        return WorkDisplay.ShowAsync(terminal, progress => Planner.PlanAsync(elsewhere with { Progress = progress }, cancellationToken));
    }

    /// <summary>Everything that the engine and the plugins offer.</summary>
    public Catalogue Catalogue => _catalogue.Value;

    /// <summary>The named plan, or the plan for the next hop to the release after <c>--to</c>.</summary>
    /// <exception cref="UsageException">Neither was given.</exception>
    public async Task<NextHop> ChooseAsync(MigrationCommandOptions given, CancellationToken cancellationToken) =>
        given is { GivenPlan: null, Overrides.To: not null }
            ? await NextHop.FindAsync(_catalogue.Value, KubeContexts.Addresses(timeouts.For(terminal)), given.Overrides, cancellationToken)
            : new NextHop(Way: null, given.Plan, given.Overrides);

    /// <summary>Reads a plan and checks it, without asking a cluster.</summary>
    public PlanDocument Load(string plan, PlanOverrides overrides) => Request(plan, overrides).Document;

    /// <summary>Reads a plan and prepares its preview, without asking a cluster.</summary>
    public PlanRequest Request(string plan, PlanOverrides overrides) => Open(Installation.FindPlan(plan, _catalogue.Value), overrides);

    /// <summary>Reads a saved plan and prepares its preview, without asking a cluster.</summary>
    /// <param name="saved">The plan.</param>
    /// <param name="secrets">Where its secrets are now; what is not given is where it was.</param>
    public PlanRequest Request(SavedPlan saved, IEnumerable<string> secrets) => RequestOf(LoaderFor(_catalogue.Value)
        .Parse(saved.Text, saved.Path, saved.Overrides with { Secrets = [.. saved.Overrides.Secrets, .. secrets] }));

    /// <summary>Reads the plan of a run, to resume it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="given">The places of its secrets and its peer ports. If they are not given, the places that the run recorded are used.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<PlannedMigration> ReadToResumeAsync(RunDirectory run, PlanOverrides given, CancellationToken cancellationToken) =>
        RunRecord.ReadToResumeAsync(run, OpenCopy(run, given), cancellationToken);

    /// <summary>Reads the plan of a run, to undo it.</summary>
    /// <inheritdoc cref="ReadToResumeAsync"/>
    public Task<PlannedMigration> ReadToRollBackAsync(RunDirectory run, PlanOverrides given, CancellationToken cancellationToken) =>
        RunRecord.ReadToRollBackAsync(run, OpenCopy(run, given), cancellationToken);

    /// <summary>Reads the plan of a run, to verify its target again.</summary>
    /// <inheritdoc cref="ReadToResumeAsync"/>
    public Task<PlannedMigration> ReadToVerifyAsync(RunDirectory run, PlanOverrides given, CancellationToken cancellationToken) =>
        RunRecord.ReadToVerifyAsync(run, OpenCopy(run, given), cancellationToken);

    private PlanRequest OpenCopy(RunDirectory run, PlanOverrides given)
    {
        var kept = RunRecord.ReadOverrides(run);
        return Open(run.File(RunFiles.PlanCopy), kept with
        {
            Secrets = [.. kept.Secrets, .. given.Secrets],
            SourcePeer = given.SourcePeer ?? kept.SourcePeer,
            TargetPeer = given.TargetPeer ?? kept.TargetPeer,
        });
    }

    private PlanRequest Open(string path, PlanOverrides overrides) => RequestOf(LoaderFor(_catalogue.Value).LoadFile(path, overrides));

    private PlanRequest RequestOf(PlanDocument plan)
    {
        terminal.Redact(plan.Redaction);
        return new PlanRequest
        {
            Document = plan,
            NeedsInPlaceSaid = NeedsInPlaceSaid,
            Catalogue = _catalogue.Value,
            Addresses = KubeContexts.Addresses(timeouts.For(terminal)),
            StatePath = StatePath,
            UnfinishedRuns = UnfinishedRuns,
        };
    }

    private PlanLoader LoaderFor(Catalogue catalogue) => new()
    {
        Steps = catalogue.Steps,
        Platforms = [.. catalogue.Platforms.Keys],
        Plugins = catalogue.Plugins,
        IsFrozen = plugins.IsFrozen,
    };
}
