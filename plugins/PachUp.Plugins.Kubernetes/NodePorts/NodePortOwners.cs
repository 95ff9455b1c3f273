using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.NodePorts;

/// <summary>The services that have node ports. Only one service in all namespaces can have a node port.</summary>
internal sealed class NodePortOwners
{
    private readonly IReadOnlyList<JsonObject> _services;

    private NodePortOwners(IReadOnlyList<JsonObject> services, bool seesAll) => (_services, SeesAll) = (services, seesAll);

    /// <summary>Whether the services of all namespaces could be listed, not only those of one.</summary>
    public bool SeesAll { get; }

    /// <summary>Reads the services of all namespaces; if this is not allowed, those of the namespace.</summary>
    public static async Task<NodePortOwners> ReadAsync(KubeApi api, CancellationToken cancellationToken)
    {
        try
        {
            return new NodePortOwners(await api.ListEverywhereAsync("Service", "", cancellationToken), seesAll: true);
        }
        catch (KubeException e) when (e.IsForbidden)
        {
            return new NodePortOwners(await api.ListAsync("Service", "", cancellationToken), seesAll: false);
        }
    }

    /// <summary>The node ports of a service that other services have.</summary>
    /// <param name="wanting">The service.</param>
    /// <param name="ns">Its namespace.</param>
    public IReadOnlyList<NodePortCollision> CollisionsOf(JsonObject wanting, string ns) =>
    [
        .. from port in NodePortCollision.PortsOf(wanting)
           from owner in _services
           where owner.Name() != wanting.Name() || owner.Namespace() != ns
           where NodePortCollision.PortsOf(owner).Contains(port)
           select new NodePortCollision(port, wanting, owner),
    ];
}
