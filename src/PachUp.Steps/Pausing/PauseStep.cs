using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;
using PachUp.Steps.Platforms;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Records;

namespace PachUp.Steps.Pausing;

/// <summary>
/// <c>pachyderm/pause</c>: stops every running pipeline, also those with cron inputs, so that nothing changes during the extract. Before the first
/// stop it writes down which pipelines ran.
/// </summary>
internal sealed class PauseStep : IRevertibleStep<PauseStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments : IChoosesCluster
    {
        /// <summary>The cluster whose pipelines are stopped.</summary>
        public ClusterChoice Cluster { get; init; } = ClusterChoice.Source;

        /// <summary>How long to wait for a pipeline to stop.</summary>
        public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

        /// <summary>Whether unfinished jobs are killed, or the step waits for them before it stops the first pipeline.</summary>
        public JobsChoice Jobs { get; init; } = JobsChoice.BreakOff;

        /// <summary>How long to wait for jobs.</summary>
        public TimeSpan JobsTimeout { get; init; } = TimeSpan.FromHours(1);

        /// <summary>How long to wait for missed ticks that the server makes although the pipeline is stopped.</summary>
        public TimeSpan TicksTimeout { get; init; } = TimeSpan.FromHours(2);
    }

    public string Name => "pachyderm/pause";

    public string Summary => "Stops all pipelines, so that nothing changes during the extract.";

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
                    ? $"Waits for unfinished jobs, at most {Words.Duration(arguments.JobsTimeout)}, before it stops the first pipeline."
                    : "Unfinished jobs are killed.",
                "From here on, nothing may write to the cluster: no put-file, no new pipelines. The extract step notices writes.",
                .. NoteOnUnfinishedRuns(context),
                .. NoteOnTicks(arguments, context),
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

        var pipelines = await client.ListPipelinesAsync(cancellationToken);
        var running = pipelines.Where(info => !info.Stopped).Select(info => info.Pipeline.Name).ToList();
        var stoppedBefore = pipelines.Select(info => info.Pipeline.Name).Intersect(execution.Survey.StoppedByUnfinishedRuns);
        var all = PausedPipelines.Read(execution).Union(running).Union(stoppedBefore).Order(StringComparer.Ordinal).ToList();
        PausedPipelines.Write(execution, all);
        await PipelineSwitch.StopAsync(client, running, arguments.Timeout, execution, cancellationToken);
        await new TickWait(client, await TickingInput.FindAsync(client, all, cancellationToken), execution).UntilMadeUpAsync(arguments.TicksTimeout, cancellationToken);
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
        return paused.Count == 0 ? "Nothing to start again: no pipeline was stopped." : $"Starts {Words.Count(paused.Count, "pipeline")} again: {Words.FirstOf(paused, 40)}.";
    }

    private static IEnumerable<string> NoteOnUnfinishedRuns(IStepContext context)
    {
        if (context.Survey.StoppedByUnfinishedRuns is { IsEmpty: false } stopped)
        {
            yield return $"Stopped already, by a run that did not end, and started again at the end: {Words.FirstOf(stopped, 40)}.";
        }
    }

    private static IEnumerable<string> NoteOnTicks(Arguments arguments, IStepContext context)
    {
        var source = context.Survey.Source;
        if (!ReleaseTraits.Of(source.Release).StopEndsTicks && source.Pipelines.Any(CronPipelines.ComesLast))
        {
            yield return $"On {source.Release} stopped cron pipelines still tick. If pachd is making missed ticks, the step waits for it, at most "
                + $"{Words.Duration(arguments.TicksTimeout)}. The state is extracted between two ticks.";
        }
    }

    private static List<string> RunningPipelines(IStepContext context) =>
        [.. context.Survey.Source.Pipelines.Where(pipeline => !pipeline.Stopped).Select(pipeline => pipeline.Name)];
}

/// <summary>What happens to unfinished jobs when pipelines are stopped.</summary>
public enum JobsChoice
{
    /// <summary>They are killed; the target computes their output again.</summary>
    BreakOff,

    /// <summary>The step waits until they have finished.</summary>
    Wait,
}

/// <summary>The pipelines that a run stopped on the source and that it has to start again.</summary>
internal static class PausedPipelines
{
    public static IReadOnlyList<string> Read(IStepExecution execution) =>
        JsonFile.TryRead<List<string>>(Path.Combine(execution.RunDirectory, RecordFiles.PausedPipelines)) ?? [];

    public static void Write(IStepExecution execution, IReadOnlyList<string> pipelines) =>
        JsonFile.Write(Path.Combine(execution.RunDirectory, RecordFiles.PausedPipelines), pipelines);
}
