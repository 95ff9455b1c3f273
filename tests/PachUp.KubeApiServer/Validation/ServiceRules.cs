using System.Globalization;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;

namespace PachUp.KubeApiServer.Validation;

/// <summary>Services: each gets its own cluster address and node ports.</summary>
internal sealed class ServiceRules(ObjectStore store) : IKindRules
{
    private const int FirstNodePort = 30000;
    private const int LastNodePort = 32767;

    private int _lastAddress;

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string> { "Service" };

    public void FillIn(JsonObject value, JsonObject? before, ResourceType type)
    {
        var spec = value.Spec();
        spec["type"] ??= "ClusterIP";
        spec["sessionAffinity"] ??= "None";
        if (spec.Text("clusterIP").Length == 0)
            spec["clusterIP"] = before is null ? NextAddress() : before.Spec().Text("clusterIP");

        foreach (var port in spec.Items("ports"))
        {
            FillIn(port, spec);
        }
    }

    public IEnumerable<string> Mistakes(JsonObject value, JsonObject? before, ResourceType type)
    {
        var spec = value.Spec();
        if (before is not null && before.Spec().Text("clusterIP") != spec.Text("clusterIP"))
            yield return $"spec.clusterIP: Invalid value: \"{spec.Text("clusterIP")}\": field is immutable";

        if (!spec.Items("ports").Any())
            yield return "spec.ports: Required value";

        if (!HasNodePorts(spec.Text("type")))
        {
            foreach (var (port, index) in spec.Items("ports").Select((port, index) => (NodePortOf(port), index)).Where(entry => entry.Item1 != 0))
            {
                yield return $"spec.ports[{index}].nodePort: Invalid value: {port}: may not be used when `type` is 'ClusterIP'";
            }
        }

        var taken = NodePortsOfOthers(value);
        foreach (var (port, index) in spec.Items("ports").Select((port, index) => (NodePortOf(port), index)))
        {
            if (port is not 0 and (< FirstNodePort or > LastNodePort))
            {
                yield return $"spec.ports[{index}].nodePort: Invalid value: {port}: provided port is not in the valid range. "
                    + $"The range of valid ports is {FirstNodePort}-{LastNodePort}";
                yield break;
            }

            if (port != 0 && !taken.Add(port))
            {
                yield return $"spec.ports[{index}].nodePort: Invalid value: {port}: provided port is already allocated";
                yield break;
            }
        }
    }

    private static int NodePortOf(JsonObject port) => port["nodePort"]?.GetValue<int>() ?? 0;

    private static bool HasNodePorts(string serviceType) => serviceType is "NodePort" or "LoadBalancer";

    private void FillIn(JsonObject port, JsonObject spec)
    {
        port["protocol"] ??= "TCP";
        if (port["targetPort"] is not { } target || (target is JsonValue value && value.TryGetValue<int>(out var number) && number == 0))
            port["targetPort"] = port["port"]?.DeepClone();

        if (HasNodePorts(spec.Text("type")) && NodePortOf(port) == 0)
            port["nodePort"] = FreeNodePort(spec);
    }

    private string NextAddress() => $"10.0.0.{Interlocked.Increment(ref _lastAddress).ToString(CultureInfo.InvariantCulture)}";

    private int FreeNodePort(JsonObject spec)
    {
        var taken = NodePorts(store.List("services"));
        taken.UnionWith(spec.Items("ports").Select(NodePortOf));
        return Enumerable.Range(FirstNodePort, LastNodePort - FirstNodePort).First(port => !taken.Contains(port));
    }

    private HashSet<int> NodePortsOfOthers(JsonObject value) =>
        NodePorts(store.List("services").Where(other => other.Name() != value.Name() || other.Namespace() != value.Namespace()));

    private static HashSet<int> NodePorts(IEnumerable<JsonObject> services) =>
        [.. services.SelectMany(service => service.Spec().Items("ports")).Select(NodePortOf).Where(port => port != 0)];
}
