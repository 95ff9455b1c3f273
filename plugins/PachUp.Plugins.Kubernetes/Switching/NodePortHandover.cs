using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>
/// Hands the node ports of one deployment over to another, so that clients outside of Kubernetes find the new one where the old one was. What a service
/// was like before is kept on the service itself: the handover can be finished and taken back by another process, after a crash as well.
/// </summary>
/// <param name="from">The namespace that gives its node ports up: its services are reached inside of Kubernetes alone then.</param>
/// <param name="to">The namespace whose services of the same names take them.</param>
/// <param name="run">The id of the run: what earlier runs handed over is of no interest.</param>
internal sealed class NodePortHandover(KubeApi from, KubeApi to, string run)
{

    /// <summary>What would be handed over, service by service.</summary>
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

    /// <summary>Does it; doing it again is harmless.</summary>
    /// <returns>How many services gave their node ports up.</returns>
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

    /// <summary>Gives the node ports back; harmless where they were not handed over.</summary>
    /// <returns>How many services have them again.</returns>
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

        // A fence that moved node ports has none to move back.
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
