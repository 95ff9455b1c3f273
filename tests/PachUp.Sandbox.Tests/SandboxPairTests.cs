using System.Collections.Immutable;
using Grpc.Core;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;
using PachUp.Sdk.Testing;

namespace PachUp.Sandbox.Tests;

public sealed class SandboxPairTests
{
    private static readonly SandboxOptions Source = new() { Release = new Release(1, 8, 8), ExposeObjectApi = true };
    private static readonly SandboxOptions Target = new() { Release = new Release(1, 9, 12), ExposeObjectApi = true };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_target_finds_the_objects_of_the_source_only_in_a_shared_bucket(bool isShared)
    {
        await using var pair = await SandboxPair.StartAsync(Source, Target, isShared);
        using var source = new ClusterBuilder(pair.Source.Address);
        await source.CreateRepoAsync("images");
        await source.CommitFileAsync("images", "master", "/1.png", "one");

        await using var target = PachdClient.Create(pair.Target.Address);

        Assert.Equal(isShared, (await target.ListObjectsAsync().ToListAsync()).Count > 0);
        Assert.Empty(await target.ListReposAsync());
    }

    [Fact]
    public async Task A_single_cluster_on_disk_holds_the_same_when_it_is_started_again_and_leaves_no_directory()
    {
        string directory;
        await using (var pair = await SandboxPair.StartOneOnDiskAsync(Source))
        {
            using (var builder = new ClusterBuilder(pair.Source.Address))
            {
                await builder.CreateRepoAsync("images");
            }

            directory = pair.DataDirectory!;
            await pair.Source.StopAsync();
            await pair.Target.StartAgainAsync(Source.Release);

            await using var client = PachdClient.Create(pair.Target.Address);
            Assert.Equal("images", Assert.Single(await client.ListReposAsync()).Repo.Name);
            Assert.Same(pair.Source, Assert.Single(pair.Sites));
        }

        Assert.False(Directory.Exists(directory));
    }

    [Theory]
    [InlineData(true, 128)]
    [InlineData(false, null)]
    public async Task The_platform_tells_the_transaction_limit_unless_the_clusters_stand_in_for_real_ones(bool shows, int? expected)
    {
        await using var pair = await SandboxPair.StartOneAsync(Source with { MaxTxnOps = 128 });
        var platform = new SandboxPlatform(pair.Sites) { ShowsTransactionLimit = shows };

        Assert.Equal(expected, await platform.GetTransactionLimitAsync(new PlacedCluster(pair.Source.Address, platform), CancellationToken.None));
    }

    [Fact]
    public async Task A_fence_keeps_all_clients_but_PachUp_out_until_it_is_lifted_also_after_a_restart()
    {
        await using var pair = await SandboxPair.StartOneOnDiskAsync(Source);
        var platform = new SandboxPlatform(pair.Sites);
        var cluster = new PlacedCluster(pair.Source.Address, platform);
        using var client = new ClusterBuilder(pair.Source.Address);
        await using var pachup = PachdClient.Create(pair.Source.Address);
        var (fence, unfence) = (new PlatformAction.Fence(), new PlatformAction.Unfence());

        await platform.ExecuteAsync(fence, cluster, null!, CancellationToken.None);
        await Assert.ThrowsAsync<RpcException>(() => client.CreateRepoAsync("late"));
        await pair.Source.StopAsync();
        await pair.Source.StartAgainAsync(Source.Release);
        await Assert.ThrowsAsync<RpcException>(() => client.CreateRepoAsync("late"));
        Assert.Empty(await pachup.ListReposAsync());

        await platform.RevertAsync(fence, cluster, null!, CancellationToken.None);
        await client.CreateRepoAsync("early");
        await platform.RevertAsync(unfence, cluster, null!, CancellationToken.None);
        await Assert.ThrowsAsync<RpcException>(() => client.CreateRepoAsync("late"));
        await platform.ExecuteAsync(unfence, cluster, null!, CancellationToken.None);
        Assert.Equal("early", Assert.Single(await pachup.ListReposAsync()).Repo.Name);
    }

    private sealed record PlacedCluster(ClusterAddress Address, IPlatform Platform) : ICluster
    {
        public string Name => "target";

        public ImmutableSortedDictionary<string, string> Settings => ImmutableSortedDictionary<string, string>.Empty;

        public PachdClient Connect() => throw new NotSupportedException("The platform looks at the address alone.");
    }
}
