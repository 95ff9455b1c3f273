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

    /// <summary>Reads everything that belongs to Pachyderm in a namespace, but what pachd makes for pipelines itself.</summary>
    public static async Task<DeploymentManifests> ReadAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var objects = new List<JsonObject>();
        foreach (var kind in DeployedKinds.All)
        {
            var found = await api.ListAsync(kind, Labels.Suite, cancellationToken);
            objects.AddRange(found.Where(value => IsDeployed(value, api.Namespace)));
        }

        return new DeploymentManifests([.. objects, .. await BoundVolumesAsync(api, objects, cancellationToken)]);
    }

    /// <summary>The objects without what the server set.</summary>
    public DeploymentManifests Cleaned() => new(Objects.Select(ManifestCleaner.Clean));

    /// <summary>An object; null where there is none.</summary>
    public JsonObject? Find(string kind, string name) => Objects.FirstOrDefault(value => value.Kind() == kind && value.Name() == name);

    /// <summary>The workload of a part such as <c>etcd</c>; null where there is none.</summary>
    public JsonObject? Workload(string app) =>
        Objects.FirstOrDefault(value => DeployedKinds.Workloads.Contains(value.Kind()) && value.Label(Labels.App) == app);

    // A cluster-wide object of this name may belong to another installation; the subjects of its binding tell.
    private static bool IsDeployed(JsonObject value, string ns) => value.Label(Labels.Component) != "worker" && value.Kind() switch
    {
        "ClusterRoleBinding" => value.Items("subjects").Any(subject => subject.Text("namespace") == ns),
        "PersistentVolume" => IsFreeOrOf(ns, value.At("spec", "claimRef")?.Text("namespace") ?? ""),
        _ => true,
    };

    private static bool IsFreeOrOf(string ns, string boundIn) => boundIn.Length == 0 || boundIn == ns;

    // Volumes that were provisioned for a claim carry no label of Pachyderm.
    private static async Task<IReadOnlyList<JsonObject>> BoundVolumesAsync(KubeApi api, List<JsonObject> objects, CancellationToken cancellationToken)
    {
        var names = objects.Where(value => value.Kind() == "PersistentVolumeClaim").Select(claim => claim.Spec().Text("volumeName")).Where(name => name.Length > 0);
        var known = objects.Where(value => value.Kind() == "PersistentVolume").Select(volume => volume.Name()).ToHashSet();
        var volumes = new List<JsonObject>();
        foreach (var name in names.Where(name => !known.Contains(name)))
        {
            if (await api.FindAsync(api.Catalogue.Get("PersistentVolume"), name, cancellationToken) is { } volume)
            {
                volumes.Add(volume);
            }
        }

        return volumes;
    }
}
