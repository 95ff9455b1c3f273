using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Switching;

/// <summary>Where clients outside Kubernetes find a service, as far as Kubernetes can give it to another service.</summary>
internal sealed record PublicFace
{
    /// <summary>
    /// The fields of a service's spec that depend on its public face. They are removed from a service that gives its face away, and set back later.
    /// </summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["type", "ports", "loadBalancerIP", "loadBalancerSourceRanges", "externalIPs", "externalTrafficPolicy"];

    private PublicFace(JsonObject spec, IReadOnlyList<JsonObject> ports, JsonObject dns)
    {
        Address = spec.Text("loadBalancerIP");
        IsOnAddressOfCloud = spec.Text("type") == "LoadBalancer" && Address.Length == 0;
        ExternalIps = spec["externalIPs"] is JsonArray { Count: > 0 } ips ? ips.DeepClone().AsArray() : null;
        NodePorts = IsOnAddressOfCloud
            ? new Dictionary<string, int>()
            : ports.Where(port => port.Number("nodePort") > 0).ToDictionary(port => port.Text("name"), port => port.Number("nodePort"));
        Dns = dns;
    }

    /// <summary>The node ports, by port name. Those of a load balancer with an address of the cloud stay: without them its address would be lost.</summary>
    public IReadOnlyDictionary<string, int> NodePorts { get; }

    /// <summary>The address that the load balancer was given (<c>loadBalancerIP</c>); empty for none.</summary>
    public string Address { get; }

    /// <summary>Whether the cloud chose the address of the load balancer. Kubernetes cannot give such an address to another service.</summary>
    public bool IsOnAddressOfCloud { get; }

    /// <summary>The external IPs; null for none.</summary>
    public JsonArray? ExternalIps { get; }

    /// <summary>The annotations for external-dns.</summary>
    public JsonObject Dns { get; }

    /// <summary>Whether the service has to give up something of its spec.</summary>
    public bool TakesSpec => NodePorts.Count > 0 || Address.Length > 0 || ExternalIps is not null;

    /// <summary>Whether there is nothing that another service could get.</summary>
    public bool IsEmpty => !TakesSpec && ExternalDns.NamesOf(Dns).Length == 0;

    /// <summary>The face of a service; if a fence changed its ports, with those before the fence.</summary>
    public static PublicFace Of(JsonObject service) => Of(service.Spec(), service.Annotation(Labels.Unfenced), ExternalDns.Of(service));

    /// <summary>The face that a spec, the annotation of a fence, and the annotations for external-dns make.</summary>
    public static PublicFace Of(JsonObject spec, string unfenced, JsonObject dns)
    {
        var before = unfenced.Length > 0 ? JsonNode.Parse(unfenced) as JsonObject : null;
        return new PublicFace(spec, before?.Items("ports") is { Count: > 0 } ports ? ports : spec.Items("ports"), dns);
    }

    /// <summary>The face in words: <c>the node ports 30650, 30651</c>.</summary>
    public override string ToString() => string.Join(", and ", Parts());

    private IEnumerable<string> Parts()
    {
        if (NodePorts.Count > 0)
        {
            yield return $"the node ports {string.Join(", ", NodePorts.Values)}";
        }

        if (Address.Length > 0)
        {
            yield return $"the load balancer's address {Address}";
        }

        if (ExternalIps is not null)
        {
            yield return $"the external IPs {string.Join(", ", ExternalIps.Select(ip => ip?.ToString()))}";
        }

        if (ExternalDns.NamesOf(Dns) is { Length: > 0 } names)
        {
            yield return $"the DNS names of external-dns {names}";
        }
    }
}
