using Grpc.Core;
using PachUp.Sandbox.Tests.Workers;

namespace PachUp.Sandbox.Tests;

/// <summary>The limit that etcd sets to the size of a transaction.</summary>
public sealed class TransactionLimitTests
{
    private const int DefaultOfEtcd = 128;

    [Theory]
    [InlineData("1.8.7")]
    [InlineData("1.9.0")]
    [InlineData("1.9.12")]
    public async Task Etcd_with_its_default_takes_a_commit_above_13_pipelines_and_refuses_one_above_14(string release)
    {
        await using var cluster = await WorkingCluster.StartAsync(release, runsPipelines: false, maxTxnOps: DefaultOfEtcd);
        await cluster.Files.CreateRepoAsync("images");
        for (var number = 1; number <= 13; number++)
        {
            await cluster.Files.CreatePipelineAsync($"edges{number}", "images");
        }

        await cluster.Files.CommitFileAsync("images", "master", "/1.png", "one");
        await cluster.Files.CreatePipelineAsync("edges14", "images");
        var refusal = await Assert.ThrowsAsync<RpcException>(() => cluster.Files.CommitFileAsync("images", "master", "/2.png", "two"));

        Assert.StartsWith("etcdserver: too many operations in txn request (", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.EndsWith("hint: set --max-txn-ops on the ETCD cluster to at least the largest of those values)", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deployments_of_pachctl_take_many_more()
    {
        await using var cluster = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false);
        await cluster.Files.CreateRepoAsync("images");
        for (var number = 1; number <= 20; number++)
        {
            await cluster.Files.CreatePipelineAsync($"edges{number}", "images");
        }

        await cluster.Files.CommitFileAsync("images", "master", "/1.png", "one");

        Assert.Single(await cluster.CommitsOfAsync("edges20"));
    }
}
