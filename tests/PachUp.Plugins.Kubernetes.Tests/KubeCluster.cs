using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Controllers;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Plugins.Kubernetes.Tests;

/// <summary>A small Kubernetes with what <c>pachctl deploy</c> of a release made in it, and a plan's cluster on it.</summary>
internal sealed class KubeCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kube").FullName;

    private KubeCluster(KubeApiServer.KubeApiServer server) => Server = server;

    public KubeApiServer.KubeApiServer Server { get; }

    public ObjectStore Store => Server.Store;

    public PodController? Controller { get; private set; }

    public KubernetesPlatform Platform { get; } = new();

    public string RunDirectory => Directory.CreateDirectory(Path.Combine(_folder, "20260101-000000-0000")).FullName;

    /// <summary>Starts one.</summary>
    /// <param name="profile">What the API server serves.</param>
    /// <param name="manifests">What is deployed, by the name of the recording; empty for nothing.</param>
    /// <param name="runsPods">Whether pods come and go with what is deployed.</param>
    public static async Task<KubeCluster> StartAsync(ApiProfile? profile = null, string manifests = "", bool runsPods = true)
    {
        var cluster = new KubeCluster(await KubeApiServer.KubeApiServer.StartAsync(profile ?? ApiProfile.V1_10));
        await cluster.LogInAsync("test-token");
        if (manifests.Length > 0)
        {
            await Kubectl.CreateAsync(cluster.Server, TextOf(manifests));
        }

        if (runsPods)
        {
            cluster.Controller = new PodController(cluster.Store);
            cluster.Controller.Start();
        }

        return cluster;
    }

    /// <summary>Writes the kubeconfig with a token, as a login does.</summary>
    public Task LogInAsync(string token) => File.WriteAllTextAsync(Path.Combine(_folder, "config"), Server.KubeConfig(token: token));

    /// <summary>The objects of a recording.</summary>
    public static IReadOnlyList<JsonObject> Recorded(string manifests) =>
        ManifestFolder.Parse(TextOf(manifests), manifests);

    /// <summary>A cluster of a plan in a namespace here.</summary>
    public StubCluster Cluster(string name = "source", params (string Name, string Value)[] settings) => new(name, Platform)
    {
        Settings = ImmutableSortedDictionary.CreateRange(
            [KeyValuePair.Create("kubeconfig", Path.Combine(_folder, "config")), .. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))]),
    };

    /// <summary>What a step that works on these clusters is given.</summary>
    public StubExecution Execution(ICluster? source = null, ICluster? target = null)
    {
        var cluster = source ?? Cluster();
        return new StubExecution(cluster, target ?? cluster, RunDirectory);
    }

    /// <summary>Lets what is deployed become ready, and then stops everything that changes objects by itself.</summary>
    public async Task SettleAsync()
    {
        var settled = Execution();
        await Platform.ExecuteAsync(new PlatformAction.Wait(new Release(1, 8, 7), TimeSpan.FromMinutes(10)), settled.Source, settled, default);
        await Controller!.DisposeAsync();
        Controller = null;
    }

    /// <summary>Everything that is kept, as text, to compare before and after: without what the server chooses and what pods report.</summary>
    public string Snapshot() => string.Join(
        "\n",
        new[] { "serviceaccounts", "clusterroles", "clusterrolebindings", "storageclasses", "services", "secrets", "deployments", "statefulsets" }
            .SelectMany(kind => Store.List(kind))
            .Select(value => Stripped(value).ToJsonString()));

    public async ValueTask DisposeAsync()
    {
        if (Controller is { } controller)
        {
            await controller.DisposeAsync();
        }

        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The text of a recording.</summary>
    public static string TextOf(string manifests) => File.ReadAllText(Path.Combine(Recordings.Root, "manifests", manifests + ".json"));

    private static JsonObject Stripped(JsonObject value)
    {
        var clean = ManifestCleaner.Clean(value);
        clean.Remove("apiVersion");
        return Sorted(clean).AsObject();
    }

    private static JsonNode Sorted(JsonNode value) => value switch
    {
        JsonObject fields => new JsonObject(fields.Where(field => field.Value is not null).OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Sorted(field.Value!)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Sorted(item))]),
        _ => value.DeepClone(),
    };
}
