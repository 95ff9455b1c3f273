using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>
/// Moves the node ports of one deployment to another, so that clients outside Kubernetes reach the new one at the old address. The former state of a
/// service is stored on the service itself, so another process can finish or undo this, also after a crash.
/// </summary>
/// <param name="from">The namespace that loses its node ports: only clients inside Kubernetes can reach its services then.</param>
/// <param name="to">The namespace whose services with the same names get them.</param>
/// <param name="run">The id of the run; changes by earlier runs are ignored.</param>
internal sealed class NodePortHandover(KubeApi from, KubeApi to, string run)
{

    /// <summary>The services whose node ports would be moved.</summary>
    public async Task<IReadOnlyList<ServicePair>> PairsAsync(CancellationToken cancellationToken)
    {
        var takers = await to.ListAsync("Service", Labels.Suite, cancellationToken);
        var givers = await from.ListAsync("Service", Labels.Suite, cancellationToken);
        return
        [
            .. givers
                .Select(giver => new ServicePair(giver, takers.FirstOrDefault(taker => taker.Name() == giver.Name()), run))
                .Where(pair => pair.NodePorts.Count > 0),
        ];
    }

    /// <summary>Moves the node ports; doing it again is harmless.</summary>
    /// <returns>The number of services that lost their node ports.</returns>
    public async Task<int> CarryOutAsync(CancellationToken cancellationToken)
    {
        var pairs = await PairsAsync(cancellationToken);
        foreach (var pair in pairs)
        {
            if (ServiceBefore.Of(pair.Giver, run) is null)
            {
                await CarefulChange.MakeAsync(from, pair.Giver, seen => from.ReplaceAsync(GivenUp(seen), cancellationToken), cancellationToken);
            }

            if (pair.Taker is { } taker && ServiceBefore.Of(taker, run) is null)
            {
                await CarefulChange.MakeAsync(to, taker, seen => to.ReplaceAsync(Taken(seen, pair.NodePorts), cancellationToken), cancellationToken);
            }
        }

        return pairs.Count;
    }

    /// <summary>Gives the node ports back; does nothing if they were not moved.</summary>
    /// <returns>The number of services that have them again.</returns>
    public async Task<int> TakeBackAsync(CancellationToken cancellationToken)
    {
        foreach (var api in new[] { to, from })
        {
            foreach (var service in await api.ListAsync("Service", Labels.Suite, cancellationToken))
            {
                if (ServiceBefore.Of(service, run) is { } before)
                {
                    await CarefulChange.MakeAsync(api, service, seen => api.ReplaceAsync(before.Restore(seen), cancellationToken), cancellationToken);
                }
            }
        }

        return (await PairsAsync(cancellationToken)).Count;
    }

    private JsonObject GivenUp(JsonObject giver)
    {
        var changed = ServiceBefore.Mark(giver, run);
        changed.Spec()["type"] = "ClusterIP";
        foreach (var port in changed.Spec().Items("ports"))
        {
            port.Remove("nodePort");
        }

        // Without node ports, a fence that changed them has nothing to restore.
        if (giver.Annotation(Labels.Unfenced) is { Length: > 0 } text && JsonNode.Parse(text) is JsonObject before && before.Remove("ports"))
        {
            changed.Metadata().Child("annotations")[Labels.Unfenced] = before.ToJsonString();
        }

        return changed;
    }

    private JsonObject Taken(JsonObject taker, IReadOnlyDictionary<string, int> ports)
    {
        var changed = ServiceBefore.Mark(taker, run);
        changed.Spec()["type"] = "NodePort";
        foreach (var port in changed.Spec().Items("ports"))
        {
            if (ports.TryGetValue(port.Text("name"), out var nodePort))
            {
                port["nodePort"] = nodePort;
            }
        }

        return changed;
    }
}
