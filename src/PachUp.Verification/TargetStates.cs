using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Sdk.Platforms;

namespace PachUp.Verification;

/// <summary>Finds out the state of a target.</summary>
internal static class TargetStates
{
    /// <summary>The state of a target; null if a step of the plan has not deployed it yet.</summary>
    public static async Task<TargetState?> LookAsync(ICluster target, CancellationToken cancellationToken) =>
        target.Platform is IReachingPlatform platform && !await platform.IsDeployedAsync(target, cancellationToken)
            ? null
            : await LookAsync(target.Connect(), cancellationToken);

    public static async Task<TargetState> LookAsync(PachdClient client, CancellationToken cancellationToken)
    {
        var release = await client.GetReleaseAsync(cancellationToken);
        var id = await client.GetClusterIdAsync(cancellationToken);
        var repos = await client.ListReposAsync(cancellationToken);
        var pipelines = await client.ListPipelinesAsync(cancellationToken);
        return new TargetState(release, id, repos.Count, pipelines.Count);
    }
}
