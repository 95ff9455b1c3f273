using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Steps.Pausing;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Stops the pipelines of a target that is given up, so that nothing is computed or sent out twice when the source runs again. PachUp does not
/// delete what arrived: if both clusters use one bucket, this could delete objects of the source.
/// </summary>
internal static class TargetPipelineStop
{
    public const string Description =
        "Stops all pipelines of the target, so that nothing is computed twice. What arrived is not deleted: undeploy the target yourself, and never "
        + "run garbage collection in it while it shares the bucket of the source.";

    public static async Task<StepResult> StopAllAsync(TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken)
    {
        var client = execution.Target.Connect();
        try
        {
            if (await client.GetClusterIdAsync(cancellationToken) == execution.Survey.Source.ClusterId)
            {
                return new StepResult($"The source answers at {client.Address}; the target is undeployed");
            }

            var running = (await client.ListPipelinesAsync(cancellationToken)).Where(info => !info.Stopped).Select(info => info.Pipeline.Name).ToList();
            await PipelineSwitch.StopAsync(client, running, timeout, execution, cancellationToken);
            return new StepResult($"Stopped {Words.Count(running.Count, "pipeline")} on the target at {client.Address}; what arrived is still "
                + "there: undeploy the target");
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Unreachable or PachdFailure.ConnectionLost)
        {
            return new StepResult($"No server answers at {client.Address}, so no pipeline runs there");
        }
        catch (Exception e) when (execution.IsInPlace && e is PachdException or StepFailedException)
        {
            // A target in place is removed by the next steps of the rollback. If its pachd is broken, this must not keep the source away.
            return new StepResult($"Not all pipelines of the target at {client.Address} were stopped: {e.Message.TrimEnd('.')}. They end when the target is undeployed");
        }
    }
}
