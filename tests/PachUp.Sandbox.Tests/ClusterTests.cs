using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API;
using VersionApi = PachUp.Pachyderm.Wire.Version.API;

namespace PachUp.Sandbox.Tests;

public sealed class ClusterTests
{
    public static TheoryData<string> Releases => [.. SandboxReleases.All.Select(release => release.ToString())];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_cluster_reports_its_release(string release)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var channel = SandboxChannel.Open(cluster.Address);

        var version = await new VersionApi.APIClient(channel).GetVersionAsync(new Empty());

        Assert.Equal(release, $"{version.Major}.{version.Minor}.{version.Micro}{version.Additional}");
    }

    [Fact]
    public async Task The_error_for_a_used_port_names_the_port()
    {
        await using var first = await Clusters.StartAsync("1.8.7");

        var refusal = await Assert.ThrowsAsync<SandboxException>(() =>
            SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse("1.9.12"), Port = first.Address.Port }));

        Assert.Contains($"127.0.0.1:{first.Address.Port}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_release_is_refused_with_a_list_of_the_known_ones()
    {
        var refusal = await Assert.ThrowsAsync<SandboxException>(() => Clusters.StartAsync("1.10.0"));

        Assert.Contains("1.10.0", refusal.Message, StringComparison.Ordinal);
        Assert.All(SandboxReleases.All, release => Assert.Contains(release.ToString(), refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_is_free_again_after_its_cluster_was_stopped()
    {
        var first = await Clusters.StartAsync("1.8.7");
        await first.DisposeAsync();

        await using var second = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse("1.9.12"), Port = first.Address.Port });

        Assert.Equal(first.Address.Port, second.Address.Port);
    }

    [Fact]
    public async Task Reading_does_not_count_as_a_write()
    {
        await using var cluster = await Clusters.StartAsync("1.9.12", "1.9.12-world-full");
        using var channel = SandboxChannel.Open(cluster.Address);
        var pfs = new PfsApi.APIClient(channel);

        await pfs.ListRepoAsync(new ListRepoRequest());
        await pfs.ListBranchAsync(new ListBranchRequest { Repo = new Repo { Name = "images" } });

        Assert.Equal(0, cluster.WriteCalls);
    }

    [Fact]
    public async Task Every_call_that_can_change_something_counts_even_if_it_is_refused()
    {
        await using var cluster = await Clusters.StartAsync("1.9.12");
        using var builder = new ClusterBuilder(cluster.Address);

        await builder.CreateRepoAsync("images");
        await Assert.ThrowsAsync<RpcException>(() => builder.CreateRepoAsync("images"));

        Assert.Equal(2, cluster.WriteCalls);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Clients_that_write_at_the_same_time_all_succeed(string release)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            using var own = new ClusterBuilder(cluster.Address);
            for (var number = 0; number < 5; number++)
            {
                await own.CommitFileAsync("images", $"of-{client}", $"/{number}", "x");
            }
        })));

        Assert.Equal(40, (await ReadAsync(cluster, pfs => pfs.ListCommitAsync(new ListCommitRequest { Repo = new Repo { Name = "images" } }))).CommitInfo.Count);
    }

    [Fact]
    public async Task A_message_that_a_client_got_does_not_change_with_the_cluster()
    {
        await using var cluster = await Clusters.StartAsync("1.8.7");
        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images");
        var before = await ReadAsync(cluster, pfs => pfs.InspectRepoAsync(new InspectRepoRequest { Repo = new Repo { Name = "images" } }));

        await builder.CommitFileAsync("images", "master", "/1", "x");

        Assert.Empty(before.Branches);
    }

    private static async Task<T> ReadAsync<T>(SandboxCluster cluster, Func<PfsApi.APIClient, AsyncUnaryCall<T>> call)
    {
        using var channel = SandboxChannel.Open(cluster.Address);
        return await call(new PfsApi.APIClient(channel));
    }
}
