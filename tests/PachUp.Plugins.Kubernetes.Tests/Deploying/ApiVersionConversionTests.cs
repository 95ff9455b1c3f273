using System.Text.Json.Nodes;
using PachUp.KubeApiServer.Resources;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Checks;
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

    [Theory]
    [InlineData("apps/v1beta1", """{"replicas":1,"revisionHistoryLimit":2}""")]
    [InlineData(
        "extensions/v1beta1",
        """{"replicas":1,"revisionHistoryLimit":2147483647,"progressDeadlineSeconds":2147483647,"strategy":{"rollingUpdate":{"maxSurge":1,"maxUnavailable":1}}}""")]
    public async Task TheDefaultsOfAnOldDeployment_AreWrittenOut(string apiVersion, string spec)
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30);
        var conversion = new ApiVersionConversion((await OpenAsync(kube)).Catalogue);
        var old = new JsonObject
        {
            ["apiVersion"] = apiVersion,
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = "pachd" },
            ["spec"] = new JsonObject { ["replicas"] = 1, ["selector"] = new JsonObject(), ["template"] = new JsonObject() },
        };

        var converted = conversion.Convert(old).Spec();
        converted.Remove("selector");
        converted.Remove("template");

        Assert.Equal(spec, converted.ToJsonString());
    }

    [Fact]
    public async Task AVersionThatIsServed_Stays()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_10);
        var conversion = new ApiVersionConversion((await OpenAsync(kube)).Catalogue);
        var old = JsonNode.Parse("""{ "apiVersion": "apps/v1beta1", "kind": "Deployment", "metadata": { "name": "dash" }, "spec": { "template": {} } }""")!.AsObject();

        Assert.Equal("apps/v1beta1", conversion.Convert(old).ApiVersion());
        Assert.Null(conversion.Describe(old));
    }

    [Fact]
    public async Task ThePlanShowsWhatIsDifferent_AndTheCheckWhatTheServerHas()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, "local-1.8.7", runsPods: false);
        var folder = Directory.CreateDirectory(Path.Combine(kube.RunDirectory, "own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "own.json"), KubeCluster.TextOf("local-1.8.7"));
        var target = kube.Cluster("source", ("manifests", folder));
        var execution = kube.Execution(kube.Cluster(), target);

        var check = await new ApiVersionsCheck().AskAsync(execution, default);
        var preview = await kube.Platform.PreviewAsync(
            new PlatformAction.Deploy(new Release(1, 9, 0), freshMetadata: false, TimeSpan.FromMinutes(1)), target, execution, default);

        Assert.Equal("The API server has every kind; in another version: Deployment apps/v1beta1 becomes apps/v1", check.Found);
        Assert.Contains(
            "Deployment pachd is deployed in apps/v1, because the API server does not have apps/v1beta1; spec.revisionHistoryLimit is written out: 2",
            preview.Notes);
    }

    [Fact]
    public async Task AKindThatTheServerDoesNotHave_IsRefusedByTheCheck()
    {
        await using var kube = await KubeCluster.StartAsync(ApiProfile.V1_30, "local-1.8.7", runsPods: false);
        var folder = Directory.CreateDirectory(Path.Combine(kube.RunDirectory, "own")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "own.json"), """{ "apiVersion": "acme/v1", "kind": "Rocket", "metadata": { "name": "x" } }""");

        var check = await new ApiVersionsCheck().AskAsync(kube.Execution(kube.Cluster(), kube.Cluster("source", ("manifests", folder))), default);

        Assert.Equal((CheckOutcome.Refused, "Rocket (acme/v1)"), (check.Outcome, Assert.Single(check.Items)));
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
