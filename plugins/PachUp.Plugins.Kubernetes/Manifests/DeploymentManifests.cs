using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>The objects of a deployment, in the order of creation.</summary>
internal sealed class DeploymentManifests(IEnumerable<JsonObject> objects)
{
    /// <summary>The objects.</summary>
    public ImmutableArray<JsonObject> Objects { get; } =
        [.. objects.OrderBy(value => DeployedKinds.OrderOf(value.Kind())).ThenBy(value => value.Name(), StringComparer.Ordinal)];

    /// <summary>The objects without the fields that the server sets.</summary>
    public DeploymentManifests Cleaned() => new(Objects.Select(ManifestCleaner.Clean));

    /// <summary>An object; null if it does not exist.</summary>
    public JsonObject? Find(string kind, string name) => Objects.FirstOrDefault(value => value.Kind() == kind && value.Name() == name);

    /// <summary>The workload of a part such as <c>etcd</c>; null if it does not exist.</summary>
    public JsonObject? Workload(string app) =>
        Objects.FirstOrDefault(value => DeployedKinds.Workloads.Contains(value.Kind()) && value.Label(Labels.App) == app);
}
