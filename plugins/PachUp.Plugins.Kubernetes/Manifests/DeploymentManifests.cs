using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>The objects of a deployment, in the order in which they have to be created.</summary>
internal sealed class DeploymentManifests(IEnumerable<JsonObject> objects)
{
    /// <summary>The objects.</summary>
    public ImmutableArray<JsonObject> Objects { get; } =
        [.. objects.OrderBy(value => DeployedKinds.OrderOf(value.Kind())).ThenBy(value => value.Name(), StringComparer.Ordinal)];

    /// <summary>The objects without what the server set.</summary>
    public DeploymentManifests Cleaned() => new(Objects.Select(ManifestCleaner.Clean));

    /// <summary>An object; null where there is none.</summary>
    public JsonObject? Find(string kind, string name) => Objects.FirstOrDefault(value => value.Kind() == kind && value.Name() == name);

    /// <summary>The workload of a part such as <c>etcd</c>; null where there is none.</summary>
    public JsonObject? Workload(string app) =>
        Objects.FirstOrDefault(value => DeployedKinds.Workloads.Contains(value.Kind()) && value.Label(Labels.App) == app);
}
