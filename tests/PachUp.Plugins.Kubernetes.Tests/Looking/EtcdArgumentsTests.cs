using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Looking;
using PachUp.Sdk.Platforms;

namespace PachUp.Plugins.Kubernetes.Tests.Looking;

public sealed class EtcdArgumentsTests
{
    [Theory]
    [InlineData("""{"command":["/usr/local/bin/etcd","--max-txn-ops=5000"]}""", 5000)]
    [InlineData("""{"command":["etcd"],"args":["--max-txn-ops","7000"]}""", 7000)]
    [InlineData("""{"args":["\"/usr/local/bin/etcd\" \"--data-dir=/var\" \"--max-txn-ops=10000\" \"--quota-backend-bytes=1\""]}""", 10000)]
    [InlineData("""{"env":[{"name":"ETCD_MAX_TXN_OPS","value":"300"}]}""", 300)]
    [InlineData("""{"command":["etcd","--data-dir=/var"]}""", 128)]
    [InlineData("""{"command":["etcd","--max-txn-ops=$(LIMIT)"]}""", null)]
    public void TheLimitOfTransactions_IsReadFromTheArguments(string container, int? expected)
    {
        var pod = new JsonObject { ["containers"] = new JsonArray(JsonNode.Parse(container)) };
        var workload = new JsonObject { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = pod } } };

        Assert.Equal(expected, EtcdArguments.TransactionLimitOf(workload));
    }

    [Theory]
    [InlineData("local-1.7.14", 5000)]
    [InlineData("amazon-1.9.12", 10000)]
    public async Task ThePlatform_TellsTheLimitOfWhatIsDeployed(string manifests, int expected)
    {
        await using var kube = await KubeCluster.StartAsync(manifests: manifests, runsPods: false);

        Assert.Equal(expected, await ((IMetadataLimitPlatform)new KubernetesPlatform()).GetTransactionLimitAsync(kube.Cluster(), default));
    }
}
