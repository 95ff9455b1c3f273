using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests;

/// <summary>Clients that are led from one deployment to another, and back.</summary>
public sealed class SwitchingTests
{
    private const string Host = "external-dns.alpha.kubernetes.io/hostname";

    private static readonly PlatformAction.Switch Switch = new();
    private static readonly PlatformAction.Deploy Deploy = new(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(10));

    [Fact]
    public async Task NodePortsAndAddressesAndNames_MoveToTheTarget_AndBack()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        Change(kube, "pachd", service =>
        {
            service.Spec()["type"] = "LoadBalancer";
            service.Spec()["loadBalancerIP"] = "10.1.2.3";
            service.Metadata().Child("annotations")[Host] = "pachd.example.com";
        });
        Change(kube, "dash", service => service.Spec()["externalIPs"] = new JsonArray("10.9.9.9"));
        var (execution, target) = SideBySide(kube);
        await kube.Platform.ExecuteAsync(Deploy, target, execution, default);
        Assert.Null(Service(kube, "next", "pachd").Spec()["loadBalancerIP"]);
        Assert.Null(Service(kube, "next", "dash").Spec()["externalIPs"]);
        Assert.Equal("pachup-switch", Annotation(Service(kube, "next", "pachd"), "external-dns.alpha.kubernetes.io/controller"));
        var before = (Faces(kube, "default"), Faces(kube, "next"));

        await kube.Platform.ExecuteAsync(Switch, target, execution, default);
        await kube.Platform.ExecuteAsync(Switch, target, execution, default);

        var (old, now) = (Service(kube, "default", "pachd"), Service(kube, "next", "pachd"));
        Assert.Equal("ClusterIP", old.Spec()["type"]!.ToString());
        Assert.Null(old.Spec()["loadBalancerIP"]);
        Assert.Equal("pachup-switch", Annotation(old, "external-dns.alpha.kubernetes.io/controller"));
        Assert.Equal(("LoadBalancer", "10.1.2.3"), (now.Spec()["type"]!.ToString(), now.Spec()["loadBalancerIP"]!.ToString()));
        Assert.Equal("pachd.example.com", Annotation(now, Host));
        Assert.Null(Annotation(now, "external-dns.alpha.kubernetes.io/controller"));
        Assert.Contains(30650, NodePorts(now));
        Assert.Equal("10.9.9.9", Service(kube, "next", "dash").Spec()["externalIPs"]![0]!.ToString());
        Assert.Contains(30080, NodePorts(Service(kube, "next", "dash")));

        await kube.Platform.RevertAsync(Switch, target, execution, default);
        Assert.Equal(before, (Faces(kube, "default"), Faces(kube, "next")));
    }

    // The shipped plans switch behind the fence of the source, and open it at the end. Clients that go back later must find it open.
    [Theory]
    [InlineData("services")]
    [InlineData("node-ports")]
    public async Task AServiceThatWasFencedWhenClientsWereSwitched_IsOpenWhenTheyComeBack(string fence)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        var source = kube.Cluster("source", ("fence", fence));
        var target = kube.Cluster("target", ("namespace", "next"), ("bucket", "clone"));
        var execution = new StubExecution(source, target, kube.RunDirectory) { IsInPlace = false };
        await kube.Platform.ExecuteAsync(Deploy, target, execution, default);
        var before = (Faces(kube, "default"), Service(kube, "default", "pachd").Spec()["selector"]!.ToJsonString());
        await kube.Platform.ExecuteAsync(new PlatformAction.Fence(), source, execution, default);
        await kube.Platform.ExecuteAsync(Switch, target, execution, default);
        await kube.Platform.ExecuteAsync(new PlatformAction.Unfence(), source, execution, default);

        await kube.Platform.RevertAsync(Switch, target, execution, default);

        Assert.Equal(before, (Faces(kube, "default"), Service(kube, "default", "pachd").Spec()["selector"]!.ToJsonString()));
    }

    [Fact]
    public async Task ALoadBalancerWithAnAddressOfTheCloud_Stays_AndIsNamedWithWhatToDo()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "google-1.8.7");
        Change(kube, "pachd", service =>
        {
            service.Spec()["type"] = "LoadBalancer";
            service["status"] = JsonNode.Parse("""{ "loadBalancer": { "ingress": [{ "ip": "34.1.2.3" }] } }""");
        });
        var (execution, target) = SideBySide(kube);
        await kube.Platform.ExecuteAsync(Deploy, target, execution, default);

        var result = await kube.Platform.ExecuteAsync(Switch, target, execution, default);

        Assert.Equal("LoadBalancer", Service(kube, "default", "pachd").Spec()["type"]!.ToString());
        Assert.Contains(30650, NodePorts(Service(kube, "default", "pachd")));
        Assert.Contains(result.Notes, note => note.Contains("34.1.2.3", StringComparison.Ordinal) && note.Contains("kubectl -n next get service pachd", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    public async Task AnIngress_MovesWithItsCertificate_AndBack(int minor)
    {
        await using var kube = await KubeCluster.StartAsync(minor == 10 ? ApiProfile.V1_10 : ApiProfile.V1_30, manifests: "google-1.8.7");
        await CreateIngressAsync(kube, minor, "pachyderm", "pachd");
        await Kubectl.CreateAsync(kube.Server, """{ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "cert" }, "type": "kubernetes.io/tls", "data": { "tls.crt": "YQ==", "tls.key": "Yg==" } }""");
        var (execution, target) = SideBySide(kube);
        await kube.Platform.ExecuteAsync(Deploy, target, execution, default);
        var before = Ingress(kube, "default", "pachyderm")!.DeepClone();

        await kube.Platform.ExecuteAsync(Switch, target, execution, default);
        await kube.Platform.ExecuteAsync(Switch, target, execution, default);

        Assert.Equal("pachup-switched", ClassOf(Ingress(kube, "default", "pachyderm")!));
        var copy = Ingress(kube, "next", "pachyderm")!;
        Assert.Equal("nginx", ClassOf(copy));
        Assert.Equal("pachyderm.example.com", copy.Spec().Items("rules").Single()["host"]!.ToString());
        Assert.NotNull(kube.Store.Find("secrets", "next", "cert"));

        await kube.Platform.RevertAsync(Switch, target, execution, default);

        Assert.Null(Ingress(kube, "next", "pachyderm"));
        Assert.Null(kube.Store.Find("secrets", "next", "cert"));
        var after = Ingress(kube, "default", "pachyderm")!;
        Assert.Equal(before["spec"]!.ToJsonString(), after["spec"]!.ToJsonString());
        Assert.Equal(before["metadata"]!["annotations"]!.ToJsonString(), after.Metadata()["annotations"]!.ToJsonString());
    }

    // Killed between the two halves: the old ingress answers no more, and the new one does not exist yet.
    [Fact]
    public async Task AnIngressThatWasHalfMoved_IsMovedByTheNextAttempt()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, manifests: "google-1.8.7");
        await CreateIngressAsync(kube, 30, "pachyderm", "pachd");
        var (execution, target) = SideBySide(kube);
        await kube.Platform.ExecuteAsync(Deploy, target, execution, default);
        kube.Server.Faults.Inject("POST", "/ingresses", new ApiException(422, "Invalid", "refused"));

        await Assert.ThrowsAsync<StepFailedException>(() => kube.Platform.ExecuteAsync(Switch, target, execution, default));
        Assert.Null(Ingress(kube, "next", "pachyderm"));
        await kube.Platform.ExecuteAsync(Switch, target, execution, default);

        Assert.Equal("nginx", ClassOf(Ingress(kube, "next", "pachyderm")!));
    }

    [Fact]
    public async Task AnIngressThatAlsoLeadsElsewhere_Stays_AndIsNamed()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, manifests: "google-1.8.7");
        await CreateIngressAsync(kube, 30, "shared", "dash", "shop");
        await CreateIngressAsync(kube, 30, "shop", "shop");
        var (execution, target) = SideBySide(kube);

        var preview = await kube.Platform.PreviewAsync(Switch, target, execution, default);

        Assert.DoesNotContain(preview.Effects, effect => effect.Thing.StartsWith("Ingress", StringComparison.Ordinal));
        var note = Assert.Single(preview.Notes, note => note.StartsWith("Ingress", StringComparison.Ordinal));
        Assert.StartsWith("Ingress shared for pachyderm.example.com also leads to Service shop, so PachUp does not change it.", note, StringComparison.Ordinal);
    }

    private static (StubExecution Execution, StubCluster Target) SideBySide(KubeCluster kube)
    {
        var target = kube.Cluster("target", ("namespace", "next"), ("bucket", "clone"));
        return (new StubExecution(kube.Cluster(), target, kube.RunDirectory) { IsInPlace = false }, target);
    }

    private static void Change(KubeCluster kube, string name, Action<JsonObject> change)
    {
        var service = Service(kube, "default", name);
        change(service);
        kube.Store.Put("services", service);
    }

    private static Task CreateIngressAsync(KubeCluster kube, int minor, string name, params string[] services) => Kubectl.CreateAsync(
        kube.Server,
        $$"""
        { "apiVersion": "{{(minor == 10 ? "extensions/v1beta1" : "networking.k8s.io/v1")}}", "kind": "Ingress",
          "metadata": { "name": "{{name}}", "annotations": { "a": "b" {{(minor == 10 ? ", \"kubernetes.io/ingress.class\": \"nginx\"" : "")}} } },
          "spec": { {{(minor == 10 ? "" : "\"ingressClassName\": \"nginx\",")}} "tls": [{ "hosts": ["pachyderm.example.com"], "secretName": "cert" }],
            "rules": [{ "host": "pachyderm.example.com", "http": { "paths": [{{string.Join(",", services.Select(service => PathTo(service, minor)))}}] } }] } }
        """);

    private static string PathTo(string service, int minor) => minor == 10
        ? $$"""{ "path": "/{{service}}", "backend": { "serviceName": "{{service}}", "servicePort": 650 } }"""
        : $$"""{ "path": "/{{service}}", "pathType": "Prefix", "backend": { "service": { "name": "{{service}}", "port": { "number": 650 } } } }""";

    private static string? ClassOf(JsonObject ingress) => ingress.Spec()["ingressClassName"]?.ToString() ?? Annotation(ingress, "kubernetes.io/ingress.class");

    private static JsonObject? Ingress(KubeCluster kube, string ns, string name) => kube.Store.Find("ingresses", ns, name);

    private static JsonObject Service(KubeCluster kube, string ns, string name) => kube.Store.Find("services", ns, name)!;

    private static string? Annotation(JsonObject value, string name) => value.Metadata()["annotations"]?[name]?.ToString();

    private static IEnumerable<int> NodePorts(JsonObject service) =>
        service.Spec().Items("ports").Select(port => port["nodePort"]?.GetValue<int>() ?? 0);

    private static string Faces(KubeCluster kube, string ns) => string.Join('\n', kube.Store.List("services")
        .Where(service => service.Metadata()["namespace"]!.ToString() == ns)
        .Select(service => $"{service.Metadata()["name"]} {service.Spec()["type"]} {service.Spec()["loadBalancerIP"]} {service.Spec()["externalIPs"]?.ToJsonString()} {string.Join(' ', NodePorts(service))} "
            + service.Metadata()["annotations"]?.ToJsonString().Replace("{}", "", StringComparison.Ordinal)));
}
