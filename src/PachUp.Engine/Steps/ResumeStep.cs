using PachUp.Engine.Runs;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary><c>pachyderm/resume</c>: starts the pipelines that ran before the run paused them; those that were stopped stay stopped.</summary>
internal sealed class ResumeStep : IStep<ResumeStep.Arguments>
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

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var pipelines = context.Survey.Foresight.Expected.Pipelines;
        var running = pipelines.Count(pipeline => !pipeline.Stopped);
        var preview = new StepPreview($"Sees to it that {Words.Count(running, "pipeline")} run; {Words.Count(pipelines.Length - running, "pipeline")} stay stopped");
        var leavesSourcePaused = arguments.Cluster == ClusterChoice.Target && !context.IsInPlace;
        return Task.FromResult(leavesSourcePaused
            ? preview with { Notes = [$"The pipelines of the source at {context.Source.Address} stay stopped, so that nothing is computed or sent out twice."] }
            : preview);
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var client = execution.Choose(arguments.Cluster).Connect();
        var wanted = await WantedAsync(arguments.Cluster, execution, cancellationToken);
        var stopped = (await client.ListPipelinesAsync(cancellationToken)).Where(info => info.Stopped).Select(info => info.Pipeline.Name);
        var toStart = wanted.Intersect(stopped).Order(StringComparer.Ordinal).ToList();
        await PipelineSwitch.StartAsync(client, toStart, arguments.Timeout, execution, cancellationToken);
        return new StepResult(toStart.Count == 0 ? "All pipelines that ran, run" : $"Started {Words.Count(toStart.Count, "pipeline")}");
    }

    private static async Task<IReadOnlyList<string>> WantedAsync(ClusterChoice cluster, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (cluster == ClusterChoice.Source)
        {
            return PausedPipelines.Read(execution);
        }

        var source = await InventoryFile.ReadAsync(Path.Combine(execution.RunDirectory, RunFiles.ExtractedSource), cancellationToken);
        var expected = execution.Route.Foresee(source, execution.TargetRelease, execution.Options).Expected;
        return [.. expected.Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name)];
    }
}
