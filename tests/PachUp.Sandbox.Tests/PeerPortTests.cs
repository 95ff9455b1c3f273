using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using AdminApi = PachUp.Pachyderm.Wire.Admin.API;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API;

namespace PachUp.Sandbox.Tests;

public sealed class PeerPortTests
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    [Theory]
    [InlineData("1.7.14", "CheckObject")]
    [InlineData("1.8.7", "ListTags")]
    [InlineData("1.9.12", "PutBlock")]
    [InlineData("1.7.14", "ListBlock")]
    [InlineData("1.9.12", "NoSuchMethod")]
    public async Task The_public_port_does_not_know_the_object_api_whether_or_not_the_release_has_the_method(string release, string method)
    {
        await using var cluster = await StartAsync(release);
        using var channel = SandboxChannel.Open(cluster.Address);
        var call = new Method<byte[], byte[]>(MethodType.Unary, "pfs.ObjectAPI", method, Bytes, Bytes);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker().AsyncUnaryCall(call, null, new CallOptions(), []));

        Assert.Equal((StatusCode.Unimplemented, "unknown service pfs.ObjectAPI"), (refusal.StatusCode, refusal.Status.Detail));
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.12")]
    public async Task The_peer_port_lists_the_objects(string release)
    {
        await using var cluster = await StartAsync(release, $"{release}-world-full");

        Assert.NotEqual(0, await CountObjectsAsync(cluster.PeerAddress));
    }

    [Fact]
    public async Task The_peer_port_is_of_the_same_cluster_and_serves_everything_else_too()
    {
        await using var cluster = await StartAsync("1.8.7", "1.8.7-world-full");
        using var open = SandboxChannel.Open(cluster.Address);
        using var peer = SandboxChannel.Open(cluster.PeerAddress);

        Assert.Equal(
            (await new AdminApi.APIClient(open).InspectClusterAsync(new Empty())).Id,
            (await new AdminApi.APIClient(peer).InspectClusterAsync(new Empty())).Id);
        Assert.Equal(
            await new PfsApi.APIClient(open).ListRepoAsync(new ListRepoRequest()),
            await new PfsApi.APIClient(peer).ListRepoAsync(new ListRepoRequest()));
    }

    [Fact]
    public async Task A_cluster_that_exposes_the_object_api_serves_it_on_both_ports()
    {
        await using var cluster = await StartAsync("1.8.7", "1.8.7-world-full", exposes: true);

        Assert.Equal(await CountObjectsAsync(cluster.PeerAddress), await CountObjectsAsync(cluster.Address));
    }

    [Fact]
    public async Task The_error_for_a_used_peer_port_names_the_port()
    {
        await using var first = await StartAsync("1.8.7");

        var refusal = await Assert.ThrowsAsync<SandboxException>(() =>
            SandboxCluster.StartAsync(new SandboxOptions { Release = Release.Parse("1.8.7"), PeerPort = first.PeerAddress.Port }));

        Assert.Contains($"127.0.0.1:{first.PeerAddress.Port}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_starts_again_keeps_its_peer_port()
    {
        using var folder = new TemporaryFolder();
        await using var site = await SandboxSite.StartAsync(new SandboxOptions { Release = Release.Parse("1.8.7"), DataDirectory = folder.File("data") });
        var peer = site.PeerAddress;
        await site.StopAsync();

        await site.StartAgainAsync(Release.Parse("1.8.8"));

        Assert.True(peer.IsSameEndpoint(site.PeerAddress));
    }

    private static async Task<SandboxCluster> StartAsync(string release, string? archive = null, bool exposes = false)
    {
        var options = new SandboxOptions { Release = Release.Parse(release), ExposeObjectApi = exposes };
        return await SandboxCluster.StartAsync(options with { Archive = archive is null ? null : Recordings.Archive(archive) });
    }

    private static async Task<int> CountObjectsAsync(ClusterAddress address)
    {
        await using var client = PachdClient.Create(address);
        return await client.ListObjectsAsync().CountAsync();
    }
}
