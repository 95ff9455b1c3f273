using Microsoft.Extensions.Time.Testing;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sandbox;
using PachUp.Sdk;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Everything that a plan needs, in the process of the test, so that it survives when the tool is killed; and a directory in which the tool runs.
/// The clocks of the clusters stand still, so that every run creates the same content.
/// </summary>
internal abstract class MatrixEnvironment : IAsyncDisposable
{
    private static readonly TimeProvider Noon = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The tool.</summary>
    public Tool Tool { get; } = new();

    /// <summary>The command that runs the plan.</summary>
    public required string[] Arguments { get; init; }

    /// <summary>The number of operations that arrived at the target twice.</summary>
    public abstract Task<long> CountRepeatedAsync();

    /// <summary>The content of the source before the plan.</summary>
    public string SourceBefore { get; private set; } = "";

    /// <summary>Creates the environment of a plan.</summary>
    /// <exception cref="NotSupportedException">There is no environment for plans of this kind.</exception>
    public static async Task<MatrixEnvironment> StartAsync(MatrixPlan plan)
    {
        var environment = await BuildForAsync(plan);
        environment.SourceBefore = await environment.SourceAsync();
        return environment;
    }

    /// <summary>Runs the tool until it ends.</summary>
    public Task<Outcome> RunAsync(params string[] arguments) => Tool.RunAsync(Hear, arguments);

    /// <summary>Starts the tool.</summary>
    public RunningTool Start(params string[] arguments) => RunningTool.Start(Tool, Hear, arguments);

    /// <summary>The content of the source that a rolled back run must not change.</summary>
    public abstract Task<string> SourceAsync();

    /// <summary>The content of all clusters at the end that must be equal in every environment.</summary>
    public abstract Task<string> EverythingAsync();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        Tool.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads the messages of the tool and does what it asks for.</summary>
    protected virtual void Hear(string line)
    {
    }

    protected static Task<SandboxCluster> StartClusterAsync(MatrixPlan plan, Release release, SandboxObjectStore? bucket = null) =>
        StartClusterAsync(plan, new SandboxOptions { Release = release, ObjectStore = bucket });

    protected static Task<SandboxCluster> StartClusterAsync(MatrixPlan plan, SandboxOptions options) =>
        SandboxCluster.StartAsync(options with { TimeProvider = Noon, ExposeObjectApi = plan.Access == ObjectAccessKind.Open });

    private static async Task<MatrixEnvironment> BuildForAsync(MatrixPlan plan) => plan.Document.Purpose switch
    {
        PlanPurpose.Migration when plan.IsInPlace => await InPlaceEnvironment.BuildMigrationAsync(plan),
        PlanPurpose.Migration or PlanPurpose.Reload => await PairEnvironment.BuildAsync(plan),
        PlanPurpose.Upgrade => await InPlaceEnvironment.BuildUpgradeAsync(plan),
        PlanPurpose.Backup => await BackupEnvironment.BuildAsync(plan),
        PlanPurpose.Restore => await RestoreEnvironment.BuildAsync(plan),
        var other => throw new NotSupportedException($"the plan \"{plan.Name}\" is not in the matrix: there is no environment for plans of the kind {other}"),
    };
}
