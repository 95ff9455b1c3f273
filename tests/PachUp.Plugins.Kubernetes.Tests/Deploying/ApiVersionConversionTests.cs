using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Deploying;

public sealed class ApiVersionConversionTests
{
    [Fact]
    public async Task AVersionThatIsNotServed_BecomesTheOneThatIs_WithItsDefaultsWrittenOut()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30);
        var conversion = new ApiVersionConversion((await OpenAsync(kube)).Catalogue);
        var old = JsonNode.Parse(
            """
            { "apiVersion": "apps/v1beta1", "kind": "StatefulSet", "metadata": { "name": "etcd" },
              "spec": { "template": { "metadata": { "labels": { "app": "etcd" } } }, "rollbackTo": { "revision": 1 } } }
            """)!.AsObject();

        var converted = conversion.Convert(old);

        Assert.Equal("apps/v1", converted.ApiVersion());
        Assert.Equal("""{"matchLabels":{"app":"etcd"}}""", converted.Spec()["selector"]!.ToJsonString());
        Assert.Equal("""{"type":"OnDelete"}""", converted.Spec()["updateStrategy"]!.ToJsonString());
        Assert.False(converted.Spec().ContainsKey("rollbackTo"));
        Assert.Equal("apps/v1beta1", old.ApiVersion());
    }

    [Fact]
    public async Task AKindThatNobodyServes_IsRefused()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30);
        var conversion = new ApiVersionConversion((await OpenAsync(kube)).Catalogue);
        var value = new JsonObject { ["apiVersion"] = "acme/v1", ["kind"] = "Rocket", ["metadata"] = new JsonObject { ["name"] = "x" } };

        var failure = Assert.Throws<StepFailedException>(() => conversion.Convert(value));

        Assert.Equal("Rocket x cannot be deployed: the API server serves no objects of kind \"Rocket\"", failure.Message);
    }

    private static Task<KubeApi> OpenAsync(KubeCluster kube) => KubeConnection.OpenAsync(kube.Cluster(), default);
}
