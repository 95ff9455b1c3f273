using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Engine;

/// <summary>Looks at a target.</summary>
internal static class TargetStates
{
    public static async Task<TargetState> LookAsync(PachdClient client, CancellationToken cancellationToken)
    {
        var release = await client.GetReleaseAsync(cancellationToken);
        var id = await client.GetClusterIdAsync(cancellationToken);
        var repos = await client.ListReposAsync(cancellationToken);
        var pipelines = await client.ListPipelinesAsync(cancellationToken);
        return new TargetState(release, id, repos.Count, pipelines.Count);
    }
}
