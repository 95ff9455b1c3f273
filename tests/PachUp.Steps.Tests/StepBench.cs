using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Plugins.Pachyderm18To19;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.Steps.Tests;

/// <summary>A source of 1.8.8 and an empty target of 1.9.12 in the process, and the directory of a run, for the steps of one plan.</summary>
internal sealed class StepBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SandboxPair _clusters;
    private readonly StandInCluster _source;
    private readonly StandInCluster _target;

    private StepBench(SandboxPair clusters)
    {
        _clusters = clusters;
        (_source, _target) = (new StandInCluster("source", clusters.Source.Address), new StandInCluster("target", clusters.Target.Address));
        Directory.CreateDirectory(RunDirectory);
    }

    public SandboxSite Source => _clusters.Source;

    public SandboxSite Target => _clusters.Target;

    /// <summary>Where the steps of the plan keep their files.</summary>
    public string RunDirectory => _folder.File("run");

    /// <summary>The archive of the plan.</summary>
    public string Archive => _folder.File("source.pachx");

    /// <summary>The run as one step after another sees it.</summary>
    public StandInExecution Execution { get; private set; } = null!;

    /// <summary>One repo with two commits, one pipeline that runs and one that is stopped.</summary>
    public static Cluster World { get; } = Cluster.Empty
        .WithRepo("images")
        .WithCommit("images", "master", "/1.png", "one")
        .WithCommit("images", "master", "/2.png", "two")
        .WithPipeline("edges", "images")
        .WithPipeline("halted", "images")
        .WithStopped("halted");

    /// <summary>Starts both clusters and plans between them.</summary>
    /// <param name="world">What the source holds; null for <see cref="World"/>.</param>
    /// <param name="sharesBucket">Whether the target finds the objects of the source.</param>
    /// <param name="exposesObjects">Whether objects can be listed.</param>
    public static async Task<StepBench> StartAsync(Cluster? world = null, bool sharesBucket = true, bool exposesObjects = true)
    {
        var bench = new StepBench(await SandboxPair.StartAsync(
            new SandboxOptions { Release = new Release(1, 8, 8), ExposeObjectApi = exposesObjects },
            new SandboxOptions { Release = new Release(1, 9, 12), ExposeObjectApi = exposesObjects },
            sharesBucket));
        await (world ?? World).MakeAsync(bench.Source.Cluster);
        await bench.PlanAsync();
        return bench;
    }

    /// <summary>Looks at the source again, as a new plan would.</summary>
    public async Task PlanAsync()
    {
        var (route, release) = (new Route18To19(), new Release(1, 9, 12));
        var source = await LookAsync(Source);
        Execution = new StandInExecution
        {
            Survey = new Survey { Source = source, ExpectedTarget = route.PredictTarget(source, release), Target = new TargetState(release, "target", 0, 0) },
            Source = _source,
            Target = _target,
            Route = route,
            TargetRelease = release,
            RunDirectory = RunDirectory,
        };
    }

    /// <summary>What a cluster holds.</summary>
    public static async Task<ClusterInventory> LookAsync(SandboxSite site)
    {
        await using var client = PachdClient.Create(site.Address);
        return await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
    }

    /// <summary>The pipelines of a cluster that run.</summary>
    public static async Task<IReadOnlyList<string>> RunningAsync(SandboxSite site) =>
        [.. (await LookAsync(site)).Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name)];

    /// <summary>Changes a cluster as a client does.</summary>
    public static async Task ChangeAsync(SandboxSite site, Func<ClusterBuilder, Task> change)
    {
        using var builder = new ClusterBuilder(site.Address);
        await change(builder);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
        await _clusters.DisposeAsync();
        _folder.Dispose();
    }
}
