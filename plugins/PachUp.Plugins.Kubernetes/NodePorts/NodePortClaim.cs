using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.NodePorts;

/// <summary>
/// Gives a service its node ports. If a service of a pipeline in the same namespace has one of them, it is deleted: it could only take the port while
/// the service of Pachyderm was away or fenced, and pachd makes it again if it can. Services of others are not touched; they are named.
/// </summary>
internal static class NodePortClaim
{
    private const int MostAttempts = 5;

    /// <summary>Sends a change of a service, again if its node ports had to be freed.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="wanted">The service as it has to be.</param>
    /// <param name="changeAsync">Sends the change.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">Another service has a node port; the message names it.</exception>
    public static async Task<JsonObject> MakeAsync(KubeApi api, JsonObject wanted, Func<Task<JsonObject>> changeAsync, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await changeAsync();
            }
            catch (KubeException e) when (e.IsNodePortTaken)
            {
                var owners = await NodePortOwners.ReadAsync(api, cancellationToken);
                var collisions = owners.CollisionsOf(wanted, api.Namespace);
                if (attempt >= MostAttempts || (collisions.Count == 0 && !owners.SeesAll) || collisions.Any(collision => !IsOfWorkersHere(collision, api)))
                {
                    throw Taken(wanted, collisions, owners.SeesAll, e);
                }

                foreach (var collision in collisions)
                {
                    await api.DeleteAsync(collision.Owner, cancellationToken);
                }
            }
        }
    }

    private static bool IsOfWorkersHere(NodePortCollision collision, KubeApi api) =>
        collision.Owner.Namespace() == api.Namespace && Suite.IsOfWorkers(collision.Owner);

    private static StepFailedException Taken(JsonObject wanted, IReadOnlyList<NodePortCollision> collisions, bool seesAll, KubeException refusal) => new(
        collisions.Count > 0
            ? string.Join("; ", collisions)
            : $"the API server refuses {wanted.Title()}: {refusal.Message}",
        collisions.Count > 0 || seesAll
            ? "Give that service another node port, or delete it, then resume the run or roll it back."
            : "The user of the kubeconfig may not list the services of all namespaces, so the owner of the node port is not named. Find it with "
                + "\"kubectl get services --all-namespaces\", free the port, then resume the run or roll it back.",
        refusal);
}
