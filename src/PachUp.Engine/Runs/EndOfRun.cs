using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs;

/// <summary>Tells the platforms that all steps of a run are done, so that they set back what they changed for its duration.</summary>
internal static class EndOfRun
{
    /// <summary>Tells them. If one cannot set something back, the run stops, and resuming it tries again.</summary>
    public static async Task TellPlatformsAsync(RunInProgress work, CancellationToken cancellationToken)
    {
        ICluster[] clusters = work.Plan.Preview.IsInPlace ? [work.Plan.Clusters.Target] : [work.Plan.Clusters.Source, work.Plan.Clusters.Target];
        foreach (var cluster in clusters)
        {
            if (!work.HasStopped && cluster.Platform is IRunEndPlatform platform)
            {
                await TellAsync(platform, cluster, work, cancellationToken);
            }
        }
    }

    private static async Task TellAsync(IRunEndPlatform platform, ICluster cluster, RunInProgress work, CancellationToken cancellationToken)
    {
        try
        {
            if (await platform.EndRunAsync(cluster, cancellationToken) is { } done)
            {
                work.Observer.Noted(done);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            work.HasStopped = true;
        }
        catch (Exception e) when (Failures.Of(e) is { } failure)
        {
            work.StopFor(failure);
        }
    }
}
