using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>
/// Gives the node ports, fixed addresses and DNS names of one deployment's services to another, so that clients outside Kubernetes reach the new one where
/// they know the old one. The former state of a service is stored on the service itself, so another process can finish or undo this, also after a crash.
/// </summary>
/// <param name="from">The namespace that gives: only clients inside Kubernetes can reach its services then.</param>
/// <param name="to">The namespace whose services with the same names get it.</param>
/// <param name="run">The id of the run; changes by earlier runs are ignored.</param>
internal sealed class ServiceHandover(KubeApi from, KubeApi to, string run)
{
    /// <summary>All services of the old deployment, each with its new one.</summary>
    public async Task<IReadOnlyList<ServicePair>> AllPairsAsync(CancellationToken cancellationToken)
    {
        var takers = await to.ListAsync("Service", Labels.Suite, cancellationToken);
        var givers = await from.ListAsync("Service", Labels.Suite, cancellationToken);
        return [.. givers.Select(giver => new ServicePair(giver, takers.FirstOrDefault(taker => taker.Name() == giver.Name()), run))];
    }

    /// <summary>The services that give something.</summary>
    public async Task<IReadOnlyList<ServicePair>> PairsAsync(CancellationToken cancellationToken) =>
        [.. (await AllPairsAsync(cancellationToken)).Where(pair => !pair.Face.IsEmpty)];

    /// <summary>Gives; doing it again is harmless.</summary>
    /// <returns>What was given, service by service.</returns>
    public async Task<IReadOnlyList<ServicePair>> CarryOutAsync(CancellationToken cancellationToken)
    {
        var pairs = await PairsAsync(cancellationToken);
        foreach (var pair in pairs)
        {
            if (ServiceBefore.Of(pair.Giver, run) is null)
            {
                await CarefulChange.MakeAsync(from, pair.Giver, seen => from.ReplaceAsync(GivenUp(seen, pair.Face), cancellationToken), cancellationToken);
            }

            if (pair.Taker is { } taker && ServiceBefore.Of(taker, run) is null)
            {
                await CarefulChange.MakeAsync(to, taker, seen => to.ReplaceAsync(Taken(seen, pair.Face), cancellationToken), cancellationToken);
            }
        }

        return pairs;
    }

    /// <summary>Gives everything back; does nothing if nothing was given.</summary>
    /// <returns>The services that have it again.</returns>
    public async Task<IReadOnlyList<ServicePair>> TakeBackAsync(CancellationToken cancellationToken)
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

        return await PairsAsync(cancellationToken);
    }

    private JsonObject GivenUp(JsonObject giver, PublicFace face)
    {
        var changed = ServiceBefore.Mark(giver, run);
        if (face.TakesSpec)
        {
            Hide(changed, giver);
        }

        if (face.Dns.Count > 0)
        {
            ExternalDns.Silence(changed);
        }

        return changed;
    }

    private static void Hide(JsonObject changed, JsonObject giver)
    {
        foreach (var field in PublicFace.Fields.Where(field => field != "ports"))
        {
            changed.Spec().Remove(field);
        }

        changed.Spec().Remove("healthCheckNodePort");
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
    }

    private JsonObject Taken(JsonObject taker, PublicFace face)
    {
        var changed = ServiceBefore.Mark(taker, run);
        var spec = changed.Spec();
        if (face.Address.Length > 0)
        {
            (spec["type"], spec["loadBalancerIP"]) = ("LoadBalancer", face.Address);
        }
        else if (face.NodePorts.Count > 0 && spec.Text("type") != "LoadBalancer")
        {
            spec["type"] = "NodePort";
        }

        foreach (var port in spec.Items("ports"))
        {
            if (face.NodePorts.TryGetValue(port.Text("name"), out var nodePort))
            {
                port["nodePort"] = nodePort;
            }
        }

        if (face.ExternalIps is { } ips)
        {
            spec["externalIPs"] = ips.DeepClone();
        }

        if (face.Dns.Count > 0)
        {
            ExternalDns.Set(changed, face.Dns);
        }

        return changed;
    }
}
