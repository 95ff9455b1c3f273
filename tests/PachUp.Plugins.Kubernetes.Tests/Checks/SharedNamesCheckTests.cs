using System.Text.Json.Nodes;
using PachUp.KubeApiServer;
using PachUp.KubeApiServer.Resources;
using PachUp.KubeApiServer.Storage;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Checks;

/// <summary>What only one of two deployments on one Kubernetes can have.</summary>
public sealed class SharedNamesCheckTests
{
    private const string Dns = "external-dns.alpha.kubernetes.io/hostname";

    [Fact]
    public async Task TheTargetThatPachUpMakes_SharesNothing()
    {
        await using var kube = await StartAsync();

        var result = await new SharedNamesCheck().AskAsync(Beside(kube), default);

        Assert.Equal(CheckOutcome.Passed, result.Outcome);
        Assert.StartsWith("The target has other cluster-wide names", result.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManifestsOfTheUser_WithNamesAndAddressesOfTheSource_AreRefusedItemByItem()
    {
        await using var kube = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(kube.RunDirectory, "own")).FullName;
        var own = kube.Store.Find("services", "default", "pachd")!.Copy();
        own.Metadata().Remove("namespace");
        string[] objects =
        [
            own.ToJsonString(),
            """{ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": { "name": "pachyderm", "labels": { "suite": "pachyderm", "app": "" } }, "rules": [] }""",
            """{ "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": { "name": "etcd-storage-class", "labels": { "suite": "pachyderm", "app": "etcd" } }, "provisioner": "other" }""",
            IngressOf("mine", "pach.example.com"),
        ];
        await File.WriteAllTextAsync(Path.Combine(folder, "own.json"), string.Join('\n', objects));

        var result = await new SharedNamesCheck().AskAsync(Beside(kube, ("manifests", folder)), default);

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(
            [
                "ClusterRole pachyderm: it is of the source",
                "StorageClass etcd-storage-class: it is of the source, with other content",
                "Service pachd: the load balancer's address 10.1.2.3 is of Service pachd of the source",
                "Service pachd: the external IP 10.9.9.9 is of Service pachd of the source",
                "Service pachd: the DNS name pachd.example.com is of Service pachd of the source",
                "Ingress mine: the host pach.example.com is of Ingress front of the source",
            ],
            result.Items.AsEnumerable());
    }

    [Fact]
    public async Task InPlace_ThereIsNothingToShare()
    {
        await using var kube = await StartAsync();

        Assert.Equal(CheckOutcome.Passed, (await new SharedNamesCheck().AskAsync(kube.Execution(), default)).Outcome);
    }

    [Fact]
    public async Task IdentitiesOfTheCloud_AreShared_AndThePlanSaysHowToAllowThem()
    {
        await using var kube = await StartAsync();
        var account = kube.Store.Find("serviceaccounts", "default", "pachyderm")!;
        account.Metadata()["annotations"] = new JsonObject
        {
            ["eks.amazonaws.com/role-arn"] = "arn:aws:iam::1:role/pach",
            ["iam.gke.io/gcp-service-account"] = "pach@project.iam.gserviceaccount.com",
        };
        kube.Store.Put("serviceaccounts", account);
        var execution = Beside(kube);

        var preview = await kube.Platform.PreviewAsync(
            new PlatformAction.Deploy(new Release(1, 9, 0), freshMetadata: true, TimeSpan.FromMinutes(1)), execution.Target, execution, default);

        Assert.Contains(preview.Notes, note => note.EndsWith("Add \"system:serviceaccount:next:pachyderm\" to the trust policy of the role; see it with: aws iam get-role --role-name pach", StringComparison.Ordinal));
        Assert.Contains(preview.Notes, note => note.EndsWith("--member \"serviceAccount:PROJECT.svc.id.goog[next/pachyderm]\"", StringComparison.Ordinal));
    }

    private static async Task<KubeCluster> StartAsync()
    {
        var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, manifests: "google-1.8.7", runsPods: false);
        var service = kube.Store.Find("services", "default", "pachd")!;
        service.Spec()["type"] = "LoadBalancer";
        service.Spec()["loadBalancerIP"] = "10.1.2.3";
        service.Spec()["externalIPs"] = new JsonArray("10.9.9.9");
        service.Metadata().Child("annotations")[Dns] = "pachd.example.com";
        kube.Store.Put("services", service);
        await Kubectl.CreateAsync(kube.Server, IngressOf("front", "pach.example.com"));
        return kube;
    }

    private static StubExecution Beside(KubeCluster kube, params (string Name, string Value)[] settings) =>
        new(kube.Cluster(), kube.Cluster("target", [("namespace", "next"), .. settings]), kube.RunDirectory) { IsInPlace = false };

    private static string IngressOf(string name, string host) =>
        $$"""
        { "apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": { "name": "{{name}}" },
          "spec": { "rules": [{ "host": "{{host}}", "http": { "paths": [{ "path": "/", "pathType": "Prefix", "backend": { "service": { "name": "pachd", "port": { "number": 650 } } } }] } }] } }
        """;
}
