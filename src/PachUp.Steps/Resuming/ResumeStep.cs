using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;
using PachUp.Steps.Pausing;
using PachUp.Steps.Platforms;
using PachUp.Steps.Restoring;
using PachUp.Verification.Records;

namespace PachUp.Steps.Resuming;

/// <summary>
/// <c>pachyderm/resume</c>: starts the pipelines that ran before the run paused them; the others stay stopped. On a target it also creates the
/// pipelines with cron inputs, because everything else has arrived.
/// </summary>
internal sealed class ResumeStep : IRevertibleStep<ResumeStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IChoosesCluster
    {
        /// <summary>The cluster whose pipelines are started.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;

        /// <summary>
        /// What happens to cron ticks that were due and were not made: with <c>skip</c> one tick at the time of the resume replaces them; with
        /// <c>make-up</c> pachd makes all of them at once. Only for the target.
        /// </summary>
        public MissedTicks MissedTicks { get; init; } = MissedTicks.Skip;

        /// <summary>How long to wait for a pipeline to start.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
    }

    public string Name => "pachyderm/resume";

    public string Summary => "Starts the pipelines that ran before; pipelines that were stopped stay stopped.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, LetsWritersIn = true };

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var pipelines = context.Survey.ExpectedTarget.Inventory.Pipelines;
        var running = pipelines.Count(pipeline => !pipeline.Stopped);
        var stopped = pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Name).ToList();
        return Task.FromResult(new StepPreview(
            $"Makes sure that {Words.Count(running, "pipeline")} run; {Words.Count(stopped.Count, "pipeline")} stay stopped")
        {
            Effects = arguments.Cluster == ClusterChoice.Source ? [] : [.. EffectsOf(arguments, context)],
            Notes = stopped.Count == 0 ? [] : [$"Stopped before and after: {Words.FirstOf(stopped)}."],
        });
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var cluster = execution.Choose(arguments.Cluster);
        var client = cluster.Connect();
        var (created, notes) = arguments.Cluster == ClusterChoice.Source
            ? (0, [])
            : await ResumeCronAsync(client, arguments.MissedTicks, execution, cancellationToken);
        var wanted = await WantedAsync(arguments.Cluster, execution, cancellationToken);
        var pipelines = await client.ListPipelinesAsync(cancellationToken);
        var toStart = NamesOf(pipelines.Where(info => info.Stopped && wanted.Running.Contains(info.Pipeline.Name)));
        var toStop = NamesOf(pipelines.Where(info => !info.Stopped && wanted.Stopped.Contains(info.Pipeline.Name)));

        // Some releases start stopped pipelines by themselves. Each change waits until the server confirms it.
        await PipelineSwitch.StopAsync(client, toStop, arguments.Timeout, execution, cancellationToken);
        await PipelineSwitch.StartAsync(client, toStart, arguments.Timeout, execution, cancellationToken);
        if (arguments.Cluster == ClusterChoice.Target)
        {
            LivingTarget.Begin(execution);
        }

        var workers = await WorkerStart.WatchAsync(cluster, wanted.Running, client, execution, cancellationToken);
        var failed = cluster.Platform is IWorkerPlatform ? await WorkerStart.FindFailedAsync(wanted.Running, client, cancellationToken) : [];
        var started = failed.Count > 0 ? $"{Words.Count(failed.Count, "pipeline")} failed after the start"
            : toStart.Count == 0 ? "All pipelines that ran before are running" : $"Started {Words.Count(toStart.Count, "pipeline")}";
        return new StepResult(string.Join(
            "; ",
            [
                started,
                .. created == 0 ? Array.Empty<string>() : [$"created {Words.Count(created, "pipeline")} with a cron input"],
                .. toStop.Count == 0 ? Array.Empty<string>() : [$"stopped {Words.Count(toStop.Count, "pipeline")} that had started by themselves"],
            ]))
        {
            Notes = [.. notes, .. failed, .. workers],
        };
    }

    public Task<StepResult> RevertAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        arguments.Cluster == ClusterChoice.Source
            ? Task.FromResult(new StepResult("The pipelines of the source run as before"))
            : TargetPipelineStop.StopAllAsync(arguments.Timeout, execution, cancellationToken);

    public string DescribeRollback(Arguments arguments, IStepExecution execution) =>
        arguments.Cluster == ClusterChoice.Source ? "Nothing to undo: the pipelines of the source run as before." : TargetPipelineStop.Description;

    private static IEnumerable<Effect> EffectsOf(Arguments arguments, IStepContext context)
    {
        var missed = arguments.MissedTicks == MissedTicks.Skip
            ? "missed ticks are skipped: one tick at the time of the resume stands for them"
            : "pachd makes all missed ticks at once";
        return context.Purpose.FillsCluster()
            ? PipelinesAtResume.NamesOf(context.Survey.Source, context.Survey.ExpectedTarget.Inventory).Select(name => new Effect("create", $"pipeline {name}", missed))
            : [];
    }

    /// <summary>Creates the pipelines that the restore left to this step. A pipeline that exists was created before an interruption.</summary>
    private static async Task<(int Created, IReadOnlyList<string> Notes)> ResumeCronAsync(
        PachdClient client, MissedTicks missed, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!execution.Purpose.FillsCluster())
        {
            return (0, []);
        }

        var left = PipelinesAtResume.Read(execution);
        return (left.Count, await LeftPipelines.CreateAsync(client, missed, await PredictTargetAsync(execution, cancellationToken), left, execution, cancellationToken));
    }

    private static List<string> NamesOf(IEnumerable<PipelineInfo> pipelines) =>
        [.. pipelines.Select(info => info.Pipeline.Name).Order(StringComparer.Ordinal)];

    private static async Task<WantedStates> WantedAsync(ClusterChoice cluster, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (cluster == ClusterChoice.Source)
        {
            var paused = PausedPipelines.Read(execution).ToHashSet(StringComparer.Ordinal);
            return WantedStates.Of(execution.Survey.Source.WithRunning(paused)) with { Running = paused };
        }

        return WantedStates.Of((await PredictTargetAsync(execution, cancellationToken)).Inventory);
    }

    private static async Task<ExpectedTarget> PredictTargetAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var source = await InventoryFile.ReadAsync(Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource), cancellationToken);
        return execution.Route.PredictTarget(source, execution.TargetRelease, execution.Options);
    }

    /// <summary>The names of the pipelines that must run at the end, and of those that must be stopped.</summary>
    private sealed record WantedStates(HashSet<string> Running, HashSet<string> Stopped)
    {
        public static WantedStates Of(ClusterInventory cluster)
        {
            var pipelines = cluster.Pipelines.ToLookup(pipeline => pipeline.Stopped, pipeline => pipeline.Name);
            return new WantedStates([.. pipelines[false]], [.. pipelines[true]]);
        }
    }
}
