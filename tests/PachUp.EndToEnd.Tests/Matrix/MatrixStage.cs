using Microsoft.Extensions.Time.Testing;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Everything that a plan needs, in the process of the test, so that it outlives the tool that is killed; and a directory in which the tool runs.
/// Time stands still on the clusters: what is made at another moment is the same.
/// </summary>
internal abstract class MatrixStage : IAsyncDisposable
{
    private static readonly TimeProvider Noon = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Where the tool runs.</summary>
    public Tool Tool { get; } = new();

    /// <summary>What is typed to carry the plan out.</summary>
    public required string[] Arguments { get; init; }

    /// <summary>How many operations came to the target again that had arrived before.</summary>
    public abstract Task<long> CountRepeatedAsync();

    /// <summary>What the source held before anything was done.</summary>
    public string SourceBefore { get; private set; } = "";

    /// <summary>Builds the stage of a plan.</summary>
    /// <exception cref="NotSupportedException">Nobody has said yet what plans of this kind need.</exception>
    public static async Task<MatrixStage> StartAsync(MatrixPlan plan)
    {
        var stage = await BuildForAsync(plan);
        stage.SourceBefore = await stage.SourceAsync();
        return stage;
    }

    /// <summary>Runs the tool to its end.</summary>
    public Task<Outcome> RunAsync(params string[] arguments) => Tool.RunAsync(Hear, arguments);

    /// <summary>Starts the tool.</summary>
    public RunningTool Start(params string[] arguments) => RunningTool.Start(Tool, Hear, arguments);

    /// <summary>What the source holds, as far as a run that was undone leaves it as it was.</summary>
    public abstract Task<string> SourceAsync();

    /// <summary>What everything holds in the end, as far as it is the same on every stage.</summary>
    public abstract Task<string> EverythingAsync();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        Tool.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Hears what the tool says, and does what it asks for.</summary>
    protected virtual void Hear(string line)
    {
    }

    protected static Task<SandboxCluster> StartClusterAsync(MatrixPlan plan, Release release, SandboxObjectStore? bucket = null) =>
        StartClusterAsync(plan, new SandboxOptions { Release = release, ObjectStore = bucket });

    protected static Task<SandboxCluster> StartClusterAsync(MatrixPlan plan, SandboxOptions options) =>
        SandboxCluster.StartAsync(options with { TimeProvider = Noon, ExposeObjectApi = plan.Access == ObjectAccessKind.Open });

    private static async Task<MatrixStage> BuildForAsync(MatrixPlan plan) => plan.Document.Purpose switch
    {
        PlanPurpose.Migration when plan.IsInPlace => await InPlaceStage.BuildMigrationAsync(plan),
        PlanPurpose.Migration or PlanPurpose.Reload => await PairStage.BuildAsync(plan),
        PlanPurpose.Upgrade => await InPlaceStage.BuildUpgradeAsync(plan),
        PlanPurpose.Backup => await BackupStage.BuildAsync(plan),
        PlanPurpose.Restore => await RestoreStage.BuildAsync(plan),
        var other => throw new NotSupportedException($"the plan \"{plan.Name}\" is not in the matrix: nobody has built a stage for plans of the kind {other}"),
    };
}
