using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Steps.Pausing;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Brings a target that is given up to a standstill, so that nothing is computed or sent out twice once the source runs again. What arrived stays:
/// deleting it is left to people, because a bucket that both clusters use would lose objects of the source.
/// </summary>
internal static class TargetStandstill
{
    public const string Description =
        "Stops all pipelines of the target, so that nothing is computed twice. What arrived stays there: take that deployment away, and never "
        + "collect garbage in it while it shares the bucket of the source.";

    public static async Task<StepResult> BringAboutAsync(TimeSpan timeout, IStepExecution execution, CancellationToken cancellationToken)
    {
        var client = execution.Target.Connect();
        try
        {
            if (await client.GetClusterIdAsync(cancellationToken) == execution.Survey.Source.ClusterId)
            {
                return new StepResult($"The source answers at {client.Address}; the target is gone");
            }

            var running = (await client.ListPipelinesAsync(cancellationToken)).Where(info => !info.Stopped).Select(info => info.Pipeline.Name).ToList();
            await PipelineSwitch.StopAsync(client, running, timeout, execution, cancellationToken);
            return new StepResult($"Stopped {Words.Count(running.Count, "pipeline")} on the target at {client.Address}; what arrived stays there: take it away");
        }
        catch (PachdException e) when (e.Failure is PachdFailure.Unreachable or PachdFailure.ConnectionLost)
        {
            return new StepResult($"Nothing answers at {client.Address}, so nothing runs there");
        }
    }
}
