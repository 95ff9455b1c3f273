using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Undeploying;

/// <summary>
/// The objects that pachd makes for pipelines. Calls of a pachd that ended may arrive late, so objects can come back after their deletion; one of them
/// could take a node port of the next deployment.
/// </summary>
internal sealed class WorkerObjects(KubeApi api)
{
    private const int MostAttempts = 10;

    private static readonly string[] Kinds = ["Service", "ReplicationController"];

    /// <summary>Deletes them.</summary>
    /// <returns>The number of deleted objects.</returns>
    public async Task<int> DeleteAsync(CancellationToken cancellationToken) => await DeleteAsync(await ListAsync(cancellationToken), cancellationToken);

    /// <summary>Deletes them until there are none.</summary>
    /// <returns>The number of deleted objects.</returns>
    /// <exception cref="StepFailedException">They come back each time; the message names them.</exception>
    public async Task<int> DeleteUntilNoneComesBackAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        for (var attempt = 1; ; attempt++)
        {
            if (await ListAsync(cancellationToken) is not { Count: > 0 } back)
            {
                return deleted;
            }

            if (attempt > MostAttempts)
            {
                throw new StepFailedException(
                    $"objects of workers in namespace \"{api.Namespace}\" come back after each deletion: {string.Join(", ", back.Select(Suite.Describe))}",
                    "Find out what creates them: another pachd, or a tool that restores objects. Stop it, then resume the run.");
            }

            deleted += await DeleteAsync(back, cancellationToken);
        }
    }

    private async Task<int> DeleteAsync(IReadOnlyList<JsonObject> objects, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var value in objects)
        {
            deleted += await api.DeleteAsync(value, cancellationToken) ? 1 : 0;
        }

        return deleted;
    }

    private async Task<IReadOnlyList<JsonObject>> ListAsync(CancellationToken cancellationToken)
    {
        var objects = new List<JsonObject>();
        foreach (var kind in Kinds)
        {
            objects.AddRange(await api.ListAsync(kind, Labels.Workers, cancellationToken));
        }

        return [.. objects.Where(Suite.IsOfWorkers)];
    }
}
