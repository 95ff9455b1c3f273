using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Controllers;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sandbox;
using PachUp.TestKit;

namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>A small Kubernetes in which what <c>pachctl deploy</c> made runs: behind every pod of pachd stands a sandbox of its release.</summary>
internal sealed class KubernetesWithPachd : IAsyncDisposable
{
    private const int PachdPort = 650;

    private readonly SandboxObjectStore _bucket = new();
    private readonly Dictionary<(string Namespace, string Image), SandboxCluster> _clusters = [];
    private readonly string _archive;

    private KubernetesWithPachd(KubeApiServer.KubeApiServer server, string archive)
    {
        (Server, _archive) = (server, archive);
        Pods = new PodController(server.Store) { OnReady = OpenAsync, OnGone = CloseAsync };
        Pods.Start();
    }

    public KubeApiServer.KubeApiServer Server { get; }

    public PodController Pods { get; }

    /// <summary>Starts one with a deployment in the namespace <c>default</c>, whose pachd holds the state of an archive.</summary>
    public static async Task<KubernetesWithPachd> StartAsync(string manifests, string archive)
    {
        var server = await KubeApiServer.KubeApiServer.StartAsync(ApiProfile.V1_10);
        await DeployAsync(server, manifests);
        return new KubernetesWithPachd(server, archive);
    }

    /// <summary>Lets a tool find this Kubernetes where kubectl would.</summary>
    public async Task ConfigureAsync(string home)
    {
        Directory.CreateDirectory(Path.Combine(home, ".kube"));
        await File.WriteAllTextAsync(Path.Combine(home, ".kube", "config"), Server.KubeConfig());
    }

    /// <summary>The pachd that an image stands for in a namespace; null where it was never deployed.</summary>
    public SandboxCluster? PachdOf(string image, string ns = "default") => _clusters.GetValueOrDefault((ns, image));

    public async ValueTask DisposeAsync()
    {
        await Pods.DisposeAsync();
        await Server.DisposeAsync();
        foreach (var cluster in _clusters.Values)
        {
            await cluster.DisposeAsync();
        }
    }

    // A pachd that comes back finds the metadata that it had: its volume was kept.
    private async Task OpenAsync(JsonObject pod, string image)
    {
        if (!image.StartsWith("pachyderm/pachd:", StringComparison.Ordinal))
        {
            return;
        }

        if (!_clusters.TryGetValue((pod.Namespace(), image), out var cluster))
        {
            cluster = await SandboxCluster.StartAsync(new SandboxOptions { Release = Release.Parse(image.Split(':')[1]), ObjectStore = _bucket });
            if (_clusters.Count == 0)
            {
                await cluster.FillAsync(_archive);
            }

            _clusters.Add((pod.Namespace(), image), cluster);
        }

        Server.Ports.Open(pod.Namespace(), pod.Name(), PachdPort, new IPEndPoint(IPAddress.Loopback, cluster.Address.Port));
    }

    private Task CloseAsync(JsonObject pod)
    {
        Server.Ports.Close(pod.Namespace(), pod.Name(), PachdPort);
        return Task.CompletedTask;
    }

    private static async Task DeployAsync(KubeApiServer.KubeApiServer server, string manifests)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Recordings.Root, "manifests", manifests + ".json"));
        foreach (var value in ObjectsIn(bytes))
        {
            var type = server.Profile.Resources.First(type => type.Kind == value.Text("kind") && type.ApiVersion == value.Text("apiVersion"));
            using var answer = await client.PostAsJsonAsync(type.PathOf("default"), value);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static List<JsonObject> ObjectsIn(byte[] text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowMultipleValues = true });
        var objects = new List<JsonObject>();
        while (reader.Read())
        {
            objects.Add(JsonNode.Parse(ref reader)!.AsObject());
        }

        return objects;
    }
}
