using PachUp.Engine.Runs;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary><c>pachyderm/resume</c>: starts the pipelines that ran before the run paused them; those that were stopped stay stopped.</summary>
internal sealed class ResumeStep : IRevertibleStep<ResumeStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The cluster whose pipelines are started.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Target;

        /// <summary>When to give up waiting for a pipeline to start.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
    }

    public string Name => "pachyderm/resume";

    public string Summary => "Starts the pipelines that ran before; those that were stopped stay stopped.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true };

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var pipelines = context.Survey.Foresight.Expected.Pipelines;
        var running = pipelines.Count(pipeline => !pipeline.Stopped);
        var stopped = pipelines.Where(pipeline => pipeline.Stopped).Select(pipeline => pipeline.Name).ToList();
        return Task.FromResult(new StepPreview(
            $"Sees to it that {Words.Count(running, "pipeline")} run; {Words.Count(stopped.Count, "pipeline")} stay stopped")
        {
            Notes = stopped.Count == 0 ? [] : [$"Stopped now, so stopped in the end: {Words.FirstOf(stopped)}."],
        });
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var client = execution.Choose(arguments.Cluster).Connect();
        var wanted = await WantedAsync(arguments.Cluster, execution, cancellationToken);
        var pipelines = await client.ListPipelinesAsync(cancellationToken);
        var toStart = NamesOf(pipelines.Where(info => info.Stopped && wanted.Running.Contains(info.Pipeline.Name)));
        var toStop = NamesOf(pipelines.Where(info => !info.Stopped && wanted.Stopped.Contains(info.Pipeline.Name)));

        // Some releases start by themselves what was stopped; each switch waits until the server says that it is so.
        await PipelineSwitch.StopAsync(client, toStop, arguments.Timeout, execution, cancellationToken);
        await PipelineSwitch.StartAsync(client, toStart, arguments.Timeout, execution, cancellationToken);
        var started = toStart.Count == 0 ? "All pipelines that ran, run" : $"Started {Words.Count(toStart.Count, "pipeline")}";
        return new StepResult(toStop.Count == 0 ? started : $"{started}; stopped {Words.Count(toStop.Count, "pipeline")} that had come back running");
    }

    public Task<StepResult> RevertAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken) =>
        arguments.Cluster == ClusterChoice.Source
            ? Task.FromResult(new StepResult("The pipelines of the source run as they did before"))
            : TargetStandstill.BringAboutAsync(arguments.Timeout, execution, cancellationToken);

    public string DescribeRollback(Arguments arguments, IStepExecution execution) =>
        arguments.Cluster == ClusterChoice.Source ? "Nothing to undo: the pipelines of the source run as they did before." : TargetStandstill.Description;

    private static List<string> NamesOf(IEnumerable<PipelineInfo> pipelines) =>
        [.. pipelines.Select(info => info.Pipeline.Name).Order(StringComparer.Ordinal)];

    private static async Task<WantedStates> WantedAsync(ClusterChoice cluster, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (cluster == ClusterChoice.Source)
        {
            var paused = PausedPipelines.Read(execution).ToHashSet(StringComparer.Ordinal);
            return WantedStates.Of(execution.Survey.Source.WithRunning(paused)) with { Running = paused };
        }

        var source = await InventoryFile.ReadAsync(Path.Combine(execution.RunDirectory, RunFiles.ExtractedSource), cancellationToken);
        return WantedStates.Of(execution.Route.Foresee(source, execution.TargetRelease, execution.Options).Expected);
    }

    /// <summary>Which pipelines are to run in the end, and which to be stopped, by name.</summary>
    private sealed record WantedStates(HashSet<string> Running, HashSet<string> Stopped)
    {
        public static WantedStates Of(ClusterInventory cluster)
        {
            var pipelines = cluster.Pipelines.ToLookup(pipeline => pipeline.Stopped, pipeline => pipeline.Name);
            return new WantedStates([.. pipelines[false]], [.. pipelines[true]]);
        }
    }
}
