using Grpc.Core;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing;
using AdminApi = PachUp.Pachyderm.Wire.Admin.API;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API;

namespace PachUp.Sandbox.Tests;

public sealed class RefusalTests
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    [Theory]
    [InlineData("1.7.14", "pfs.API", "NoSuchMethod", "unknown method NoSuchMethod")]
    [InlineData("1.7.14", "pfs.API", "Fsck", "unknown method Fsck")]
    [InlineData("1.7.14", "pfs.ObjectAPI", "ListBlock", "unknown method ListBlock")]
    [InlineData("1.7.14", "nosuch.API", "Nothing", "unknown service nosuch.API")]
    [InlineData("1.8.8", "pfs.API", "NoSuchMethod", "unknown service pfs.API")]
    [InlineData("1.8.8", "transaction.API", "ListTransaction", "unknown service transaction.API")]
    [InlineData("1.9.0", "pfs.ObjectAPI", "ListBlock", "unknown service pfs.ObjectAPI")]
    [InlineData("1.9.12", "pps.API", "RerunPipeline", "unknown method RerunPipeline for service pps.API")]
    public async Task A_call_that_the_release_does_not_have_is_refused_with_the_text_of_the_real_server(string release, string service, string method, string words)
    {
        await using var cluster = await Clusters.StartAsync(release);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => CallAsync(cluster, service, method, []));

        Assert.Equal((StatusCode.Unimplemented, words), (refusal.StatusCode, refusal.Status.Detail));
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.12")]
    public async Task A_request_that_is_not_a_message_is_refused_and_the_next_one_is_answered(string release)
    {
        await using var cluster = await Clusters.StartAsync(release);

        await Assert.ThrowsAsync<RpcException>(() => CallAsync(cluster, "pfs.API", "CreateRepo", [0xff, 0xff, 0xff, 0x07, 0x01]));

        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images");
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.0")]
    public async Task Where_the_real_server_crashes_the_call_ends_with_the_same_status_and_the_cluster_goes_on(string release)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images");
        using var channel = SandboxChannel.Open(cluster.Address);
        var pfs = new PfsApi.APIClient(channel);

        var end = await Assert.ThrowsAsync<RpcException>(async () => await pfs.CreateRepoAsync(new CreateRepoRequest()));

        Assert.Equal((StatusCode.Unavailable, "transport is closing"), (end.StatusCode, end.Status.Detail));
        Assert.Single((await pfs.ListRepoAsync(new ListRepoRequest())).RepoInfo);
    }

    [Fact]
    public async Task A_restore_ends_at_an_operation_without_content_and_keeps_what_it_restored_before()
    {
        await using var cluster = await Clusters.StartAsync("1.8.7");
        using var channel = SandboxChannel.Open(cluster.Address);
        using var restore = new AdminApi.APIClient(channel).Restore();
        await restore.RequestStream.WriteAsync(new RestoreRequest
        {
            Op = new Op { Op18 = new Op1_8 { Repo = new CreateRepoRequest { Repo = new Repo { Name = "images" } } } },
        });
        await restore.RequestStream.WriteAsync(new RestoreRequest());
        await restore.RequestStream.CompleteAsync();

        var end = await Assert.ThrowsAsync<RpcException>(async () => await restore);

        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.Single((await new PfsApi.APIClient(channel).ListRepoAsync(new ListRepoRequest())).RepoInfo);
    }

    [Theory]
    [InlineData("1.7.14", "repo name (has.dot) invalid: only alphanumeric characters, underscores, and dashes are allowed")]
    [InlineData("1.9.12", "name (has.dot) invalid: only alphanumeric characters, underscores, and dashes are allowed")]
    public async Task A_name_that_the_release_does_not_accept_is_refused(string release, string words)
    {
        await using var cluster = await Clusters.StartAsync(release);
        using var builder = new ClusterBuilder(cluster.Address);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => builder.CreateRepoAsync("has.dot"));

        Assert.Equal((StatusCode.Unknown, words), (refusal.StatusCode, refusal.Status.Detail));
    }

    private static async Task<byte[]> CallAsync(SandboxCluster cluster, string service, string method, byte[] request)
    {
        using var channel = SandboxChannel.Open(cluster.Address);
        var call = new Method<byte[], byte[]>(MethodType.Unary, service, method, Bytes, Bytes);
        return await channel.CreateCallInvoker().AsyncUnaryCall(call, null, new CallOptions(), request);
    }
}
