using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Fencing;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Looking;

/// <summary>Reads what is deployed from the Kubernetes objects; pachd need not answer.</summary>
internal static class InstallationReader
{
    private const string StorageSecret = "pachyderm-storage-secret";

    public static async Task<Installation> ReadAsync(KubeApi api, CancellationToken cancellationToken)
    {
        var suite = await Suite.ReadAsync(api, cancellationToken);
        var manifests = suite.Deployed;
        var pods = await api.ListAsync("Pod", Labels.Suite, cancellationToken);
        var pachd = manifests.Workload("pachd");
        return new Installation
        {
            Namespace = api.Namespace,
            Release = pachd is null ? null : ReleaseOf(pachd),
            Parts = [.. manifests.Objects.Where(value => DeployedKinds.Workloads.Contains(value.Kind())).Select(workload => PartOf(workload, pods))],
            Backend = pachd is null ? "" : EnvironmentOf(pachd, "STORAGE_BACKEND"),
            SecretKeys = [.. (manifests.Find("Secret", StorageSecret)?.At("data") ?? []).Select(entry => entry.Key).Order(StringComparer.Ordinal)],
            Volumes = VolumesOf(manifests),
            Services = [.. manifests.Objects.Where(value => value.Kind() == "Service").Select(FactsOf)],
            Fence = await FenceMark.FindAsync(api, cancellationToken),
            Workers = suite.Workers.Count(value => value.Kind() == "ReplicationController"),
            WorkerTroubles = await WorkerTroubles.ReadAsync(api, suite.Workers, pods, cancellationToken),
            Foreign = [.. suite.Foreign.Select(value => value.Title())],
        };
    }

    /// <summary>The release in the image tag of a workload; null if the tag is not a release.</summary>
    public static Release? ReleaseOf(JsonObject workload)
    {
        var image = workload.PodSpec().Items("containers")[0].Text("image");
        return Release.TryParse(image[(image.LastIndexOf(':') + 1)..], out var release) ? release : null;
    }

    private static string EnvironmentOf(JsonObject workload, string name) =>
        workload.PodSpec().Items("containers").SelectMany(container => container.Items("env"))
            .FirstOrDefault(variable => variable.Text("name") == name)?.Text("value") ?? "";

    private static Part PartOf(JsonObject workload, IReadOnlyList<JsonObject> pods)
    {
        var app = workload.Label(Labels.App);
        var restarts = pods.Where(pod => pod.Label(Labels.App) == app)
            .SelectMany(pod => pod.At("status")?.Items("containerStatuses") ?? [])
            .Sum(container => container.Number("restartCount"));
        var images = workload.PodSpec().Items("containers").Select(container => container.Text("image"));
        return new Part(app, workload.Kind(), [.. images], Workload.WantedPods(workload), workload.At("status")?.Number("readyReplicas") ?? 0, restarts);
    }

    private static ImmutableArray<Volume> VolumesOf(DeploymentManifests manifests)
    {
        var claims = manifests.Objects.Where(value => value.Kind() == "PersistentVolumeClaim").Select(claim => VolumeOf(claim, manifests));
        var directories = manifests.Workload("etcd")?.PodSpec().Items("volumes")
            .Select(volume => volume.At("hostPath")?.Text("path"))
            .OfType<string>()
            .Select(path => new Volume("", path, "", "")) ?? [];
        return [.. claims, .. directories];
    }

    private static Volume VolumeOf(JsonObject claim, DeploymentManifests manifests)
    {
        var name = claim.Spec().Text("volumeName");
        var policy = manifests.Find("PersistentVolume", name)?.Spec().Text("persistentVolumeReclaimPolicy") ?? "";
        return new Volume(claim.Name(), name, claim.At("status")?.Text("phase") ?? "", policy);
    }

    private static ServiceFacts FactsOf(JsonObject service)
    {
        var ports = service.Spec().Items("ports").Select(port => port.Number("nodePort") is var node and > 0 ? $"{port.Number("port")}:{node}" : $"{port.Number("port")}");
        return new ServiceFacts(service.Name(), service.Spec().Text("type"), [.. ports], service.Annotation(Labels.Unfenced).Length > 0);
    }
}
