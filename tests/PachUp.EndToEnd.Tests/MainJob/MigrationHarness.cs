using PachUp.Engine;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Engine.Runs;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.TestKit;

namespace PachUp.EndToEnd.Tests.MainJob;

/// <summary>Two sandboxes, the shipped plan between them, and a state directory that goes away with the test.</summary>
internal sealed class MigrationHarness : IAsyncDisposable
{
    private static readonly Lazy<Catalogue> Shipped = new(() =>
        PluginHost.Load([new BuiltInPlugin()], [new PluginFolder(Path.Combine(AppContext.BaseDirectory, "plugins"), IsExpected: true)]).Catalogue);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pachup-main-job-");

    private MigrationHarness(SandboxCluster source, SandboxCluster target) => (Source, Target) = (source, target);

    public SandboxCluster Source { get; }

    public SandboxCluster Target { get; }

    public StateDirectory State => new(Path.Combine(_directory.FullName, ".pachup"));

    /// <summary>Starts a source and an empty target.</summary>
    /// <param name="source">The release of the source.</param>
    /// <param name="target">The release of the target.</param>
    /// <param name="sharedBucket">Whether both have one object store.</param>
    public static async Task<MigrationHarness> StartAsync(string source, string target, bool sharedBucket)
    {
        var bucket = new SandboxObjectStore();
        return new MigrationHarness(
            await SandboxCluster.StartAsync(new SandboxOptions { Release = Release.Parse(source), ObjectStore = bucket }),
            await SandboxCluster.StartAsync(new SandboxOptions { Release = Release.Parse(target), ObjectStore = sharedBucket ? bucket : null }));
    }

    /// <summary>Restores a recorded archive into the source. What pachd refuses stays out, as on a real server.</summary>
    /// <returns>What pachd said when it refused the archive; empty where it took all of it.</returns>
    public async Task<string> FillAsync(string archive)
    {
        try
        {
            await Source.FillAsync(Recordings.Archive(archive));
            return "";
        }
        catch (SandboxException refusal)
        {
            return $"The source took only a part of the archive: {refusal.Message}\n";
        }
    }

    public Task<PlannedMigration> PlanAsync(bool objects) => Planner.PlanAsync(
        new PlanRequest
        {
            Document = LoadPlan(objects),
            Catalogue = Shipped.Value,
            Addresses = new AddressResolver(_ => null, _directory.FullName),
        },
        CancellationToken.None);

    public async Task<RunResult> MigrateAsync(bool objects)
    {
        await using var plan = await PlanAsync(objects);
        return plan.Preview.IsRefused
            ? throw new InvalidOperationException("refused: " + string.Join("; ", plan.Preview.Findings.Where(finding => finding.Result.Outcome == CheckOutcome.Refused).Select(finding => finding.Result.Found)))
            : await new Runner(State, TimeProvider.System).ApplyAsync(plan, new SilentObserver(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private PlanDocument LoadPlan(bool objects)
    {
        var overrides = new PlanOverrides
        {
            Source = Source.Address.ToString(),
            Target = Target.Address.ToString(),
            To = Target.Release.ToString(),
            Set = [$"objects={(objects ? "true" : "false")}"],
        };
        var loader = new PlanLoader { Steps = Shipped.Value.Steps, Platforms = [.. Shipped.Value.Platforms.Keys] };
        return loader.LoadFile(Path.Combine(AppContext.BaseDirectory, "migration-plans", "1.8.7-to-1.9.0.yaml"), overrides);
    }

    private sealed class SilentObserver : IRunObserver
    {
        public void StepStarted(string step, int number, int count)
        {
        }

        public void Progressed(string step, StepProgress progress)
        {
        }

        public void StepEnded(StepOutcome outcome)
        {
        }
    }
}
