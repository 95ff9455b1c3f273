using PachUp.KubeApiServer;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Plugins.Kubernetes.Checks;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Tests.Checks;

public sealed class NodePortsCheckTests
{
    [Fact]
    public async Task TheNodePortsOfTheSourceItself_AreFree()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);

        var result = await new NodePortsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal((CheckOutcome.Passed, "The node ports of the target are free"), (result.Outcome, result.Found));
    }

    // 1.9 has one more node port than 1.8.
    [Fact]
    public async Task AServiceOfAnotherNamespace_ThatHasANewNodePort_IsNamed()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        await CreateShopAsync(kube);

        var result = await new NodePortsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(["node port 30600 of Service pachd belongs to Service web in namespace \"shop\""], result.Items.AsEnumerable());
    }

    [Fact]
    public async Task AUserWhoMaySeeOneNamespace_GetsAnAnswerAboutThatOne()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        await CreateShopAsync(kube);
        kube.Server.Access.DenyClusterWide("list", "services");

        var result = await new NodePortsCheck().AskAsync(kube.Execution(), default);

        Assert.Equal(CheckOutcome.Passed, result.Outcome);
    }

    [Fact]
    public async Task APipelineWithTheNodePortOfDash_IsAWarning()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);
        var execution = new StubExecution(kube.Cluster(), kube.Cluster(), kube.RunDirectory)
        {
            Survey = StubExecution.SurveyOf(PipelineOf("server", 30080), PipelineOf("other", 31000), PipelineOf("inside", 0)),
        };

        var result = await new NodePortsCheck().AskAsync(execution, default);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal(["pipeline server: external port 30080 is a node port of Service dash"], result.Items.AsEnumerable());
    }

    [Fact]
    public async Task SideBySide_TheTargetGetsNodePortsOfItsOwn()
    {
        await using var kube = await KubeCluster.StartAsync(manifests: "local-1.8.7", runsPods: false);

        var result = await new NodePortsCheck().AskAsync(kube.Execution(kube.Cluster(), kube.Cluster("target", ("namespace", "next"))), default);

        Assert.Equal(CheckOutcome.Passed, result.Outcome);
    }

    private static async Task CreateShopAsync(KubeCluster kube)
    {
        await Kubectl.CreateAsync(kube.Server, """{ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "shop" } }""");
        await Kubectl.CreateAsync(
            kube.Server,
            """
            { "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" },
              "spec": { "type": "NodePort", "ports": [{ "name": "http", "port": 80, "nodePort": 30600 }] } }
            """,
            "shop");
    }

    private static PipelineInventory PipelineOf(string name, int externalPort) =>
        new() { Name = name, Info = new PipelineInfo { Service = new Service { ExternalPort = externalPort } } };
}
