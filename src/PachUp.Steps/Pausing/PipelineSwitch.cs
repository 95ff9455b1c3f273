using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;

namespace PachUp.Steps.Pausing;

/// <summary>Stops and starts pipelines, and waits until the server confirms it.</summary>
internal static class PipelineSwitch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static Task StopAsync(
        PachdClient client, IReadOnlyCollection<string> pipelines, TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken) =>
        SwitchAsync(client, pipelines, stopped: true, timeout, execution, cancellationToken);

    public static Task StartAsync(
        PachdClient client, IReadOnlyCollection<string> pipelines, TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken) =>
        SwitchAsync(client, pipelines, stopped: false, timeout, execution, cancellationToken);

    /// <summary>
    /// Waits until newly created pipelines have started. Releases up to 1.9 mark a pipeline as failed forever if it is stopped before its replication
    /// controller exists ("replicationcontrollers ... not found"), and finish its output without files. If a pipeline does not start in time, this
    /// method just returns.
    /// </summary>
    public static async Task UntilStartedAsync(
        PachdClient client, IReadOnlyCollection<string> pipelines, TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken)
    {
        var began = execution.Time.GetTimestamp();
        while (await FindStartingAsync(client, pipelines, cancellationToken) is [var first, ..] && execution.Time.GetElapsedTime(began) < timeout)
        {
            execution.Progress.Report(new StepProgress($"waiting until pipeline {first} has started"));
            await Task.Delay(Pause, execution.Time, cancellationToken);
        }
    }

    private static async Task<List<string>> FindStartingAsync(PachdClient client, IReadOnlyCollection<string> pipelines, CancellationToken cancellationToken) =>
    [
        .. (await client.ListPipelinesAsync(cancellationToken))
            .Where(info => info is { Stopped: false, State: PipelineState.PipelineStarting } && pipelines.Contains(info.Pipeline.Name))
            .Select(info => info.Pipeline.Name)
            .Order(StringComparer.Ordinal),
    ];

    private static async Task SwitchAsync(
        PachdClient client, IReadOnlyCollection<string> pipelines, bool stopped, TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken)
    {
        var toSwitch = await FindPendingAsync(client, pipelines, stopped, cancellationToken);
        var done = 0;
        foreach (var pipeline in toSwitch)
        {
            execution.Progress.Report(new StepProgress(stopped ? "stopping pipelines" : "starting pipelines", done++, toSwitch.Count, "pipelines"));
            await (stopped ? client.StopPipelineAsync(pipeline, cancellationToken) : client.StartPipelineAsync(pipeline, cancellationToken));
        }

        await WaitAsync(client, pipelines, stopped, timeout, execution, cancellationToken);
    }

    private static async Task WaitAsync(
        PachdClient client, IReadOnlyCollection<string> pipelines, bool stopped, TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken)
    {
        var started = execution.Time.GetTimestamp();
        while (true)
        {
            var pending = await FindPendingAsync(client, pipelines, stopped, cancellationToken);
            if (pending.Count == 0)
            {
                return;
            }

            if (execution.Time.GetElapsedTime(started) > timeout)
            {
                throw new StepFailedException(
                    $"{Words.Count(pending.Count, "pipeline")} did not {(stopped ? "stop" : "start")} within {Words.Duration(timeout)}: {Words.FirstOf(pending, 40)}",
                    $"Inspect them with \"pachctl inspect-pipeline {pending[0]}\", then resume the run.");
            }

            execution.Progress.Report(new StepProgress($"waiting for {pending[0]}", pipelines.Count - pending.Count, pipelines.Count, "pipelines"));
            await Task.Delay(Pause, execution.Time, cancellationToken);
        }
    }

    private static async Task<List<string>> FindPendingAsync(
        PachdClient client, IReadOnlyCollection<string> pipelines, bool stopped, CancellationToken cancellationToken) =>
    [
        .. (await client.ListPipelinesAsync(cancellationToken))
            .Where(info => info.Stopped != stopped)
            .Select(info => info.Pipeline.Name)
            .Intersect(pipelines)
            .Order(StringComparer.Ordinal),
    ];
}
