using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plans.Reading;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Steps;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>Two sandboxes, the shipped plan between them, and a state directory that is removed after the test.</summary>
internal sealed class MigrationHarness : IAsyncDisposable
{
    /// <summary>The catalogue with the shipped plugins.</summary>
    public static readonly Lazy<Catalogue> Shipped = new(() =>
        PluginHost.Load([new StepsPlugin()], [new PluginFolder(Path.Combine(AppContext.BaseDirectory, "plugins"), IsExpected: true) { IsShipped = true }]).Catalogue);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pachup-main-job-");

    private readonly SandboxPair _clusters;

    private MigrationHarness(SandboxPair clusters) => _clusters = clusters;

    public SandboxCluster Source => _clusters.Source.Cluster;

    public SandboxCluster Target => _clusters.Target.Cluster;

    public StateDirectory State => new(Path.Combine(_directory.FullName, ".pachup"));

    /// <summary>Starts a source and an empty target.</summary>
    /// <param name="source">The release of the source.</param>
    /// <param name="target">The release of the target.</param>
    /// <param name="sharedBucket">Whether both have the same bucket.</param>
    /// <param name="sourceTime">The clock of the source; null for that of the system.</param>
    /// <param name="targetTime">The clock of the target; null for that of the system.</param>
    public static async Task<MigrationHarness> StartAsync(
        string source, string target, bool sharedBucket, TimeProvider? sourceTime = null, TimeProvider? targetTime = null) =>
        new(await SandboxPair.StartAsync(OptionsOf(source, sourceTime), OptionsOf(target, targetTime), sharedBucket));

    /// <summary>Restores a recorded archive into the source. Items that pachd refuses are missing, as on a real server.</summary>
    /// <returns>The error of pachd if it refused the archive; empty if it accepted everything.</returns>
    public async Task<string> FillAsync(string archive)
    {
        await BringObjectsAsync(archive);
        return await TryFillAsync(Source, archive) is { } refusal ? $"The source took only a part of the archive: {refusal}\n" : "";
    }

    private static SandboxOptions OptionsOf(string release, TimeProvider? time) => new()
    {
        ExposeObjectApi = true,
        Release = Release.Parse(release),
        TimeProvider = time ?? TimeProvider.System,
    };

    /// <summary>An archive without objects needs the bucket of its cluster, because only that bucket has the objects.</summary>
    private async Task BringObjectsAsync(string archive)
    {
        var full = archive.Replace("-metadata", "-full", StringComparison.Ordinal);
        if (full != archive && Recordings.ArchiveNames.Contains(full))
        {
            await using var origin = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Source.Release, ObjectStore = Source.ObjectStore });
            await TryFillAsync(origin, full);
        }
    }

    private static async Task<string?> TryFillAsync(SandboxCluster cluster, string archive)
    {
        try
        {
            await cluster.FillAsync(Recordings.Archive(archive));
            return null;
        }
        catch (SandboxException refusal)
        {
            return refusal.Message;
        }
    }

    public Task<PlannedMigration> PlanAsync(bool objects, PlanOverrides? overrides = null) =>
        Planner.PlanAsync(RequestFor(LoadPlan(overrides ?? OverridesFor(objects))), CancellationToken.None);

    /// <summary>The options of a migration from the source to the target.</summary>
    public PlanOverrides OverridesFor(bool objects) => new()
    {
        Source = Source.Address.ToString(),
        Target = Target.Address.ToString(),
        To = Target.Release.ToString(),
        Set = IsFrom1_7 ? [] : [$"objects={(objects ? "true" : "false")}"],
    };

    public async Task<RunResult> MigrateAsync(bool objects, WatchedRun? watch = null, CancellationToken cancellationToken = default)
    {
        await using var plan = await PlanAsync(objects);
        return plan.Preview.IsRefused
            ? throw new InvalidOperationException("refused: " + string.Join("; ", RefusalsOf(plan).Select(refusal => refusal.Result.Found)))
            : await new Runner(State, TimeProvider.System).ApplyAsync(plan, watch ?? new WatchedRun(), cancellationToken);
    }

    /// <summary>Carries out a shipped plan.</summary>
    /// <param name="plan">The file of the plan.</param>
    /// <param name="overrides">What a user types with it.</param>
    public async Task<RunResult> ApplyAsync(string plan, PlanOverrides overrides)
    {
        var document = Loader.LoadFile(Path.Combine(AppContext.BaseDirectory, "migration-plans", plan), overrides);
        await using var planned = await Planner.PlanAsync(RequestFor(document), CancellationToken.None);
        return await new Runner(State, TimeProvider.System).ApplyAsync(planned, new WatchedRun(), CancellationToken.None);
    }

    /// <summary>A path in the directory of the test.</summary>
    public string PathOf(string file) => Path.Combine(_directory.FullName, file);

    /// <summary>Resumes a run, like another process.</summary>
    public async Task<RunResult> ResumeAsync(RunDirectory run)
    {
        await using var plan = await RunRecord.ReadToResumeAsync(run, RequestToGoOnWith(run), CancellationToken.None);
        return await new Runner(State, TimeProvider.System).ResumeAsync(run, plan, new WatchedRun(), CancellationToken.None);
    }

    public async Task<RollbackResult> RollBackAsync(RunDirectory run)
    {
        await using var plan = await RunRecord.ReadToRollBackAsync(run, RequestToGoOnWith(run), CancellationToken.None);
        return await new Rollback(State, TimeProvider.System).RunAsync(run, plan, new WatchedRun(), CancellationToken.None);
    }

    /// <summary>The refusals in a preview.</summary>
    public static IEnumerable<Finding> RefusalsOf(PlannedMigration plan) => plan.Preview.Findings.Where(finding => finding.Result.Outcome == CheckOutcome.Refused);

    public static async Task<ClusterInventory> TakeInventoryAsync(SandboxCluster cluster)
    {
        await using var client = PachdClient.Create(cluster.Address);
        return await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
    }

    private PlanRequest RequestToGoOnWith(RunDirectory run) =>
        RequestFor(Loader.LoadFile(run.File(RunFiles.PlanCopy), RunRecord.ReadOverrides(run)));

    public async ValueTask DisposeAsync()
    {
        await _clusters.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static PlanLoader Loader => new() { Steps = Shipped.Value.Steps, Platforms = [.. Shipped.Value.Platforms.Keys] };

    /// <summary>From 1.7 all objects travel in any case.</summary>
    private bool IsFrom1_7 => Source.Release.Line == new ReleaseLine(1, 7);

    private PlanDocument LoadPlan(PlanOverrides overrides) =>
        Loader.LoadFile(Path.Combine(AppContext.BaseDirectory, "migration-plans", IsFrom1_7 ? "1.7.14-to-1.8.0.yaml" : "1.8.7-to-1.9.0.yaml"), overrides);

    private PlanRequest RequestFor(PlanDocument document) => new()
    {
        Document = document,
        Catalogue = Shipped.Value,
        Addresses = new AddressResolver(_ => null, _directory.FullName),
    };
}
