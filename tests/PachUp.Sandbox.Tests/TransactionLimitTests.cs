using Grpc.Core;
using PachUp.Sandbox.Tests.Workers;

namespace PachUp.Sandbox.Tests;

/// <summary>The limit of etcd for the size of a transaction.</summary>
public sealed class TransactionLimitTests
{
    private const int DefaultOfEtcd = 128;

    [Theory]
    [InlineData("1.7.14", "puts")]
    [InlineData("1.8.7", "puts")]
    [InlineData("1.9.0", "writes")]
    [InlineData("1.9.12", "writes")]
    public async Task Etcd_with_its_default_limit_accepts_a_commit_above_13_pipelines_and_refuses_one_above_14(string release, string writes)
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

        Assert.Equal(
            $"etcdserver: too many operations in txn request (130 comparisons, 102 {writes}: hint: set --max-txn-ops on the ETCD cluster to at least the largest of "
            + "those values)",
            refusal.Status.Detail);
    }

    [Fact]
    public async Task The_first_commit_on_a_branch_costs_less_and_is_accepted_above_14_pipelines()
    {
        await using var cluster = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false, maxTxnOps: DefaultOfEtcd);
        await cluster.Files.CreateRepoAsync("images");
        for (var number = 1; number <= 14; number++)
        {
            await cluster.Files.CreatePipelineAsync($"edges{number}", "images");
        }

        await cluster.Files.CommitFileAsync("images", "master", "/1.png", "one");

        Assert.Single(await cluster.CommitsOfAsync("edges14"));
    }

    [Fact]
    public async Task The_limit_that_pachctl_deploys_accepts_many_more_pipelines()
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
