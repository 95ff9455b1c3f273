using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Engine.Steps.Failing;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs;

/// <summary>How a cluster of a run is now: asked of the cluster when the run has ended, not remembered.</summary>
/// <param name="Name"><c>source</c> or <c>target</c>.</param>
/// <param name="Address">Its address.</param>
public sealed record ClusterCondition(string Name, string Address)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Its release; null if it does not answer.</summary>
    public Release? Release { get; init; }

    /// <summary>How many pipelines it has.</summary>
    public int Pipelines { get; init; }

    /// <summary>How many of them are not stopped.</summary>
    public int Running { get; init; }

    /// <summary>The pipelines that are stopped and ran before the run.</summary>
    public ImmutableArray<string> KeptBack { get; init; } = [];

    /// <summary>The pipelines that failed and need attention.</summary>
    public ImmutableArray<string> Failed { get; init; } = [];

    /// <summary>Whether a step of the run keeps writers out of it, by closing its ports.</summary>
    public bool IsFenced { get; init; }

    /// <summary>Whether it does not answer because a step of the run took it down.</summary>
    public bool IsTakenDown { get; init; }

    /// <summary>Why it does not answer; null if it does.</summary>
    public string? Problem { get; init; }

    /// <summary>Asks the clusters of a run. What cannot be asked or read is told as such: it must not hide how the run ended.</summary>
    /// <param name="plan">The plan of the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the questions.</param>
    public static async Task<ImmutableArray<ClusterCondition>> AskAsync(PlannedMigration plan, RunDirectory run, CancellationToken cancellationToken)
    {
        var (state, paused) = TryReadRecords(run);
        var clusters = (plan.Preview.Purpose.ReadsCluster(), plan.Preview.IsInPlace) switch
        {
            (false, _) => [plan.Clusters.Target],
            (true, true) => [plan.Clusters.Source],
            _ => new[] { plan.Clusters.Source, plan.Clusters.Target },
        };
        var conditions = ImmutableArray.CreateBuilder<ClusterCondition>(clusters.Length);
        foreach (var cluster in clusters)
        {
            var isSource = cluster == plan.Clusters.Source;
            var condition = await AskAsync(cluster, paused, cancellationToken);
            conditions.Add(condition with
            {
                IsFenced = isSource && IsFencedIn(plan, state),
                IsTakenDown = isSource && condition.Problem is not null && IsTakenDownIn(plan.Document, state),
            });
        }

        return conditions.MoveToImmutable();
    }

    private static async Task<ClusterCondition> AskAsync(PlannedCluster cluster, IReadOnlyCollection<string> paused, CancellationToken cancellationToken)
    {
        var condition = new ClusterCondition(cluster.Name, cluster.Address.ToString());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            // A connection of its own: the one of the run waits for a server much longer.
            await using var client = PachdClient.Create(cluster.Address with { Timeouts = PachdTimeouts.Default with { Retry = TimeSpan.Zero, Answer = Limit } });
            var release = await client.GetReleaseAsync(limit.Token);
            return WithPipelines(condition with { Release = release }, await client.ListPipelinesAsync(limit.Token), paused);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return condition with { Problem = $"No answer within {Limit.TotalSeconds:0} s." };
        }
        catch (Exception e) when (e is AddressException || Failures.Of(e) is not null)
        {
            return condition with { Problem = e.Message };
        }
    }

    /// <summary>What the run recorded; nothing if its files are gone or damaged.</summary>
    private static (RunState State, IReadOnlyCollection<string> Paused) TryReadRecords(RunDirectory run)
    {
        try
        {
            return run.Exists
                ? (RunState.Of(Journal.Read(run.File(RunFiles.Journal))), JsonFile.TryRead<List<string>>(run.File(RecordFiles.PausedPipelines)) ?? [])
                : (new RunState(), []);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return (new RunState(), []);
        }
    }

    private static ClusterCondition WithPipelines(ClusterCondition condition, IReadOnlyList<PipelineInfo> pipelines, IReadOnlyCollection<string> paused) => condition with
    {
        Pipelines = pipelines.Count,
        Running = pipelines.Count(pipeline => !pipeline.Stopped),
        KeptBack = [.. pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Pipeline.Name).Intersect(paused).Order(StringComparer.Ordinal)],
        Failed = [.. pipelines.Where(pipeline => pipeline.State == PipelineState.PipelineFailure).Select(pipeline => pipeline.Pipeline.Name).Order(StringComparer.Ordinal)],
    };

    private static bool IsTakenDownIn(PlanDocument plan, RunState state) =>
        plan.Steps.Any(step => step.Step.Traits.RemovesSource && state.Steps.GetValueOrDefault(step.Id) == StepState.Done);

    /// <summary>Whether the last step about writers that acts on the deployment closed it, and was not undone.</summary>
    private static bool IsFencedIn(PlannedMigration plan, RunState state) => plan.Document.Steps
        .Where(step => step.Step.Traits.ActsOnDeployment && (step.Step.Traits.KeepsWritersOut || step.Step.Traits.LetsWritersIn))
        .Where(step => state.Steps.GetValueOrDefault(step.Id) is StepState.Done)
        .Where(step => plan.Preview.IsInPlace || step.ChosenCluster(plan.Scope) == ClusterChoice.Source)
        .Select(step => step.Step.Traits.KeepsWritersOut)
        .LastOrDefault();
}
