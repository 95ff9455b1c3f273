using System.Net;
using System.Text.Json.Nodes;
using PachUp.EndToEnd.Tests.CommandLine;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Controllers;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.Testing;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>
/// A small Kubernetes that runs the manifests of <c>pachctl deploy</c>: a sandbox of the right release answers for every pod of pachd. Its content
/// belongs to the storage of etcd. So a pachd on the same storage has the same content, and a pachd on fresh storage is empty.
/// </summary>
internal sealed class KubernetesWithPachd : IAsyncDisposable
{
    private const int PachdPort = 650;
    public const int PeerPort = 653;

    private readonly Dictionary<string, SandboxObjectStore> _buckets = [];
    private readonly Dictionary<(string Namespace, string Image, string Metadata), SandboxCluster> _clusters = [];
    private readonly DirectoryInfo? _volumes;
    private readonly string _archive;

    private KubernetesWithPachd(KubeApiServer.KubeApiServer server, string archive, bool keepsVolumes)
    {
        (Server, _archive) = (server, archive);
        _volumes = keepsVolumes ? Directory.CreateTempSubdirectory("pachup-e2e-volumes-") : null;
        Pods = new PodController(server.Store) { OnReady = OpenAsync, OnGone = CloseAsync };
        Pods.Start();
    }

    public KubeApiServer.KubeApiServer Server { get; }

    public PodController Pods { get; }

    /// <summary>Starts a Kubernetes with a deployment in the namespace <c>default</c>. Its pachd has the content of an archive.</summary>
    /// <param name="manifests">The recorded manifests.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="profile">The profile of the API server; null for 1.10.</param>
    /// <param name="keepsVolumes">Whether a later release finds the content in the storage of etcd. Otherwise each release has its own content.</param>
    public static async Task<KubernetesWithPachd> StartAsync(string manifests, string archive, ApiProfile? profile = null, bool keepsVolumes = false)
    {
        var server = await KubeApiServer.KubeApiServer.StartAsync(profile ?? ApiProfile.V1_10);
        await Kubectl.CreateAsync(server, Manifests(manifests));
        return new KubernetesWithPachd(server, archive, keepsVolumes);
    }

    /// <summary>Recorded manifests of <c>pachctl deploy --dry-run</c>.</summary>
    public static string Manifests(string name) => File.ReadAllText(Path.Combine(Recordings.Root, "manifests", name + ".json"));

    /// <summary>Writes a kubeconfig for this Kubernetes where the tool finds it.</summary>
    public async Task ConfigureAsync(string home)
    {
        Directory.CreateDirectory(Path.Combine(home, ".kube"));
        await File.WriteAllTextAsync(Path.Combine(home, ".kube", "config"), Server.KubeConfig());
    }

    /// <summary>A tool with a kubeconfig for this Kubernetes.</summary>
    public async Task<Tool> ToolAsync()
    {
        var tool = new Tool();
        await ConfigureAsync(tool.WorkingDirectory);
        return tool;
    }

    /// <summary>The last pachd of an image in a namespace; null if the image was never deployed.</summary>
    public SandboxCluster? PachdOf(string image, string ns = "default") =>
        _clusters.LastOrDefault(entry => entry.Key.Namespace == ns && entry.Key.Image == image).Value;

    /// <summary>The node ports of a service.</summary>
    public IReadOnlyList<int> NodePorts(string service, string ns = "default") =>
        [.. Server.Store.Find("services", ns, service)!.Spec().Items("ports").Select(port => port["nodePort"]?.GetValue<int>() ?? 0)];

    /// <summary>The pachd to which the service leads a client; null if it leads to no pod.</summary>
    public SandboxCluster? PachdBehindService(string ns = "default") =>
        Server.Store.Find("services", ns, "pachd")?.Spec()["selector"] is JsonObject selector
        && Server.Store.List("pods", ns).FirstOrDefault(pod => selector.All(label => pod.Metadata().Child("labels").Text(label.Key) == label.Value!.GetValue<string>())) is { } pod
            ? PachdOf(pod.Spec().Items("containers").First().Text("image"), ns)
            : null;

    public async ValueTask DisposeAsync()
    {
        await Pods.DisposeAsync();
        await Server.DisposeAsync();
        foreach (var cluster in _clusters.Values)
        {
            await cluster.DisposeAsync();
        }

        _volumes?.Delete(recursive: true);
    }

    private async Task OpenAsync(JsonObject pod, string image)
    {
        if (!image.StartsWith("pachyderm/pachd:", StringComparison.Ordinal))
        {
            return;
        }

        var key = (pod.Namespace(), image, MetadataOf(pod.Namespace()));
        if (!_clusters.TryGetValue(key, out var cluster))
        {
            var isFirst = _clusters.Count == 0;
            cluster = await SandboxCluster.StartAsync(OptionsOf(pod, Release.Parse(image.Split(':')[1]), key));
            _clusters.Add(key, cluster);
            if (isFirst)
            {
                await cluster.FillAsync(_archive);
            }
        }

        Server.Ports.Open(pod.Namespace(), pod.Name(), PachdPort, new IPEndPoint(IPAddress.Loopback, cluster.Address.Port));
        Server.Ports.Open(pod.Namespace(), pod.Name(), PeerPort, new IPEndPoint(IPAddress.Loopback, cluster.PeerAddress.Port));
    }

    private SandboxOptions OptionsOf(JsonObject pod, Release release, (string Namespace, string Image, string Metadata) key) => _volumes is null
        ? new SandboxOptions { Release = release, ObjectStore = BucketOf(pod.Namespace()) }
        : new SandboxOptions { Release = release, DataDirectory = VolumeOf(key.Namespace, key.Metadata), Upgrades = true };

    private string VolumeOf(string ns, string metadata) => Path.Combine(_volumes!.FullName, $"{ns}-{Uri.EscapeDataString(metadata)}");

    // The volume of the pod of etcd, from any kind of manifest.
    private string MetadataOf(string ns)
    {
        var etcd = Server.Store.Find("statefulsets", ns, "etcd") ?? Server.Store.Find("deployments", ns, "etcd")!;
        var spec = etcd.Spec().Child("template").Spec();
        var mount = spec.Items("containers").First().Items("volumeMounts").First();
        var volume = spec.Items("volumes").FirstOrDefault(volume => volume.Name() == mount.Text("name"));
        return $"{mount.Text("name")}{volume?.Child("hostPath").Text("path")}{volume?.Child("persistentVolumeClaim").Text("claimName")}{mount.Text("subPath")}";
    }

    private SandboxObjectStore BucketOf(string ns)
    {
        var bucket = Server.Store.Find("secrets", ns, "pachyderm-storage-secret")?.Child("data").Text("google-bucket") ?? "";
        if (!_buckets.TryGetValue(bucket, out var store))
        {
            _buckets[bucket] = store = new SandboxObjectStore();
        }

        return store;
    }

    // Only one pachd at a time uses content on a volume. Content in memory stays with its release.
    private async Task CloseAsync(JsonObject pod)
    {
        Server.Ports.Close(pod.Namespace(), pod.Name(), PachdPort);
        Server.Ports.Close(pod.Namespace(), pod.Name(), PeerPort);
        if (_volumes is null)
        {
            return;
        }

        var image = pod.Spec().Items("containers").First().Text("image");
        foreach (var key in _clusters.Keys.Where(key => key.Namespace == pod.Namespace() && key.Image == image).ToList())
        {
            await _clusters[key].DisposeAsync();
            _clusters.Remove(key);
        }
    }
}
