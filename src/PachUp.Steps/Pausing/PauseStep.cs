using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Sdk;
using PachUp.Steps.Platforms;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Records;

namespace PachUp.Steps.Pausing;

/// <summary>
/// <c>pachyderm/pause</c>: stops every pipeline that runs, cron ones included, so that nothing changes while the state is extracted. Which ones
/// ran is written down before the first is stopped.
/// </summary>
internal sealed class PauseStep : IRevertibleStep<PauseStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>The cluster whose pipelines are stopped.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;

        /// <summary>When to give up waiting for a pipeline to stop.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

        /// <summary>What happens to jobs that have not ended: they are broken off, or waited for before the first pipeline is stopped.</summary>
        public JobsChoice Jobs { get; init; } = JobsChoice.BreakOff;

        /// <summary>When to give up waiting for jobs.</summary>
        public TimeSpan JobsTimeout { get; init; } = TimeSpan.FromHours(1);
    }

    public string Name => "pachyderm/pause";

    public string Summary => "Stops all pipelines, so that nothing changes while the state is extracted.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, KeepsWritersOut = true };

    public Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var running = RunningPipelines(context);
        var preview = new StepPreview(running.Count == 0
            ? "Nothing to stop: no pipeline runs"
            : $"Stops {Words.Count(running.Count, "pipeline")} on the {arguments.Cluster.ToString().ToLowerInvariant()}")
        {
            Effects = [.. running.Select(pipeline => new Effect("stop", $"pipeline {pipeline}"))],
            Notes =
            [
                arguments.Jobs == JobsChoice.Wait
                    ? $"Waits for jobs that have not ended, at most {Words.Duration(arguments.JobsTimeout)}, before the first pipeline is stopped."
                    : "Jobs that have not ended are broken off.",
                "Nothing may write to the cluster from here on: no put-file, no new pipelines. The extract notices when something does.",
            ],
        };
        return Task.FromResult(preview);
    }

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var client = execution.Choose(arguments.Cluster).Connect();
        if (arguments.Jobs == JobsChoice.Wait)
        {
            await new JobWait(client, execution.Time, execution.Progress).WaitAsync(arguments.JobsTimeout, cancellationToken);
        }

        var running = (await client.ListPipelinesAsync(cancellationToken)).Where(info => !info.Stopped).Select(info => info.Pipeline.Name).ToList();
        var all = PausedPipelines.Read(execution).Union(running).Order(StringComparer.Ordinal).ToList();
        PausedPipelines.Write(execution, all);
        await PipelineSwitch.StopAsync(client, running, arguments.Timeout, execution, cancellationToken);
        return new StepResult($"Stopped {Words.Count(all.Count, "pipeline")}") { Outputs = NamedValues.Of(("pipelines", string.Join(",", all))) };
    }

    public async Task<StepResult> RevertAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var client = execution.Choose(arguments.Cluster).Connect();
        var stopped = (await client.ListPipelinesAsync(cancellationToken)).Where(info => info.Stopped).Select(info => info.Pipeline.Name);
        var toStart = PausedPipelines.Read(execution).Intersect(stopped).Order(StringComparer.Ordinal).ToList();
        await PipelineSwitch.StartAsync(client, toStart, arguments.Timeout, execution, cancellationToken);
        return new StepResult($"Started {Words.Count(toStart.Count, "pipeline")} again");
    }

    public string DescribeRollback(Arguments arguments, IStepExecution execution)
    {
        var paused = PausedPipelines.Read(execution);
        return paused.Count == 0 ? "Nothing to start again: no pipeline was stopped." : $"Starts {Words.Count(paused.Count, "pipeline")} again: {string.Join(", ", paused)}.";
    }

    private static List<string> RunningPipelines(IStepContext context) =>
        [.. context.Survey.Source.Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name)];
}

/// <summary>What happens to jobs that have not ended when pipelines are paused.</summary>
public enum JobsChoice
{
    /// <summary>They are broken off; the target computes their output again.</summary>
    BreakOff,

    /// <summary>They are waited for.</summary>
    Wait,
}

/// <summary>The pipelines that a run stopped on the source and that are to run again in the end.</summary>
internal static class PausedPipelines
{
    public static IReadOnlyList<string> Read(IStepExecution execution) =>
        JsonFile.TryRead<List<string>>(Path.Combine(execution.RunDirectory, RecordFiles.PausedPipelines)) ?? [];

    public static void Write(IStepExecution execution, IReadOnlyList<string> pipelines) =>
        JsonFile.Write(Path.Combine(execution.RunDirectory, RecordFiles.PausedPipelines), pipelines);
}
