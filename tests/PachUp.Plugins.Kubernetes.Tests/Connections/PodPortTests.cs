using System.Text.Json.Nodes;
using PachUp.Pachyderm.Connections;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Connections;

namespace PachUp.Plugins.Kubernetes.Tests.Connections;

public sealed class PodPortTests
{
    [Theory]
    [InlineData("""{ "env": [{ "name": "PEER_PORT", "value": "1653" }], "ports": [{ "name": "peer-port", "containerPort": 2653 }] }""", 1653)]
    [InlineData("""{ "env": [{ "name": "PEER_PORT", "value": "$(SOMEWHERE)" }], "ports": [{ "name": "peer-port", "containerPort": 2653 }] }""", 2653)]
    [InlineData("""{ "ports": [{ "name": "api-grpc-port", "containerPort": 650 }, { "name": "peer-port", "containerPort": 653 }] }""", 653)]
    [InlineData("{ }", 653)]
    public void ThePeerPortIsWhatThePodSays_ElseTheUsualOne(string container, int port)
    {
        var pod = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "pachd-0" },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(JsonNode.Parse(container)) },
        };

        Assert.Equal(new PodPort("pachd-0", port), PodPort.PeerOf(pod));
    }

    [Fact]
    public void ThePeerPortOf1_10_IsTheOneToWhichItsServicePachdPeerLeads()
    {
        var recorded = KubeCluster.Recorded("google-1.10.5");
        var service = recorded.Single(value => value.Kind() == "Service" && value.Name() == "pachd-peer");
        var deployment = recorded.Single(value => value.Kind() == "Deployment" && value.Name() == "pachd");
        var pod = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "pachd-0" }, ["spec"] = deployment.PodSpec().DeepClone() };

        Assert.Equal(new PodPort("pachd-0", service.Spec().Items("ports").Single().Number("targetPort")), PodPort.PeerOf(pod));
    }

    [Fact]
    public async Task WithoutAReadyPod_TheOfferSaysSo_WhenItIsOpened()
    {
        await using var kube = await KubeCluster.StartAsync(runsPods: false);

        var offer = kube.Platform.OfferPeer(kube.Cluster().Settings);

        var refusal = await Assert.ThrowsAsync<AddressException>(() => offer.OpenAsync(default));
        Assert.Equal("there is no pachd in namespace \"default\". No namespace of this cluster has a pod of pachd. Choose another cluster with --kube-context.", refusal.Message);
    }
}
