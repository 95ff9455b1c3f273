using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Settings;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>A way to close a service.</summary>
internal interface IServiceClosing
{
    /// <summary>Its name in plans.</summary>
    string Name { get; }

    /// <summary>What the user has to know about it.</summary>
    ImmutableArray<string> Notes { get; }

    /// <summary>Whether etcd's service is closed too. pachd needs it, so this is only for ways that keep its port inside the cluster.</summary>
    bool IncludesEtcd { get; }

    /// <summary>The part of a service's spec that closing changes.</summary>
    JsonObject PartOf(JsonObject spec);

    /// <summary>Closes a service.</summary>
    void Close(JsonObject spec);

    /// <summary>What happens to a service, for previews.</summary>
    string Describe(JsonObject spec);
}

/// <summary>Changes the selector of a service to a label that no pod has.</summary>
internal sealed class SelectorClosing : IServiceClosing
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string WayName = FenceNames.Services;

    private const string ClosedLabel = "pachup.io/fenced";

    public string Name => WayName;

    public ImmutableArray<string> Notes => [];

    public bool IncludesEtcd => false;

    public JsonObject PartOf(JsonObject spec) => new() { ["selector"] = spec["selector"]?.DeepClone() };

    public void Close(JsonObject spec) => spec["selector"] = new JsonObject { [ClosedLabel] = "true" };

    public string Describe(JsonObject spec) => "its selector is changed, so that it leads to no pod";
}

/// <summary>Changes node ports, as Pachyderm's documentation does by hand. Clients inside Kubernetes are not kept out.</summary>
internal sealed class NodePortClosing : IServiceClosing
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string WayName = FenceNames.NodePorts;

    private static readonly Dictionary<int, int> Moved = new()
    {
        [30650] = 30649,
        [30651] = 30648,
        [30652] = 30647,
        [30654] = 30646,
        [30655] = 30644,
        [30657] = 30643,
        [30600] = 30611,
        [32379] = 32378,
        [30080] = 30079,
        [30081] = 30078,
    };

    public string Name => WayName;

    public ImmutableArray<string> Notes => ["Only node ports are changed: clients inside Kubernetes and clients behind an ingress are not kept out."];

    public bool IncludesEtcd => true;

    public JsonObject PartOf(JsonObject spec) => new() { ["ports"] = spec["ports"]?.DeepClone() };

    public void Close(JsonObject spec)
    {
        foreach (var port in spec.Items("ports"))
        {
            if (Moved.TryGetValue(port.Number("nodePort"), out var moved))
            {
                port["nodePort"] = moved;
            }
        }
    }

    public string Describe(JsonObject spec)
    {
        var moves = spec.Items("ports").Select(port => port.Number("nodePort")).Where(Moved.ContainsKey).Select(port => $"{port} to {Moved[port]}");
        return $"node ports are changed: {string.Join(", ", moves)}";
    }
}
