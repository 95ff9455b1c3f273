using Google.Protobuf;
using Grpc.Core;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API;

namespace PachUp.Sandbox.Tests;

public sealed class LimitTests
{
    private const int Overhead = 64;

    [Fact]
    public async Task A_message_of_the_largest_size_is_accepted_in_both_directions()
    {
        await using var cluster = await Clusters.StartAsync("1.8.7");
        using var channel = SandboxChannel.Open(cluster.Address);
        var objects = new ObjectAPI.ObjectAPIClient(channel);
        var content = ByteString.CopyFrom(new byte[PachdClient.MaxMessageBytes - Overhead]);

        var hash = await PutAsync(objects, content);

        using var get = objects.GetObject(new Pachyderm.Wire.Pfs.Object { Hash = hash });
        Assert.Equal(content.Length, await get.ResponseStream.ReadAllAsync().Select(part => part.Value.Length).SumAsync());
    }

    [Fact]
    public async Task A_larger_message_is_refused_and_the_cluster_goes_on()
    {
        await using var cluster = await Clusters.StartAsync("1.8.7");
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress($"http://{cluster.Address.Host}:{cluster.Address.Port}", new() { MaxSendMessageSize = null });
        var objects = new ObjectAPI.ObjectAPIClient(channel);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => PutAsync(objects, ByteString.CopyFrom(new byte[PachdClient.MaxMessageBytes + 1])));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.NotEmpty(await PutAsync(objects, ByteString.CopyFromUtf8("x")));
    }

    [Fact]
    public async Task A_cluster_stops_while_a_call_waits_for_a_commit()
    {
        var cluster = await Clusters.StartAsync("1.9.12");
        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images");
        using var channel = SandboxChannel.Open(cluster.Address);
        using var subscription = new PfsApi.APIClient(channel).SubscribeCommit(new SubscribeCommitRequest { Repo = new Repo { Name = "images" }, Branch = "master" });
        var next = subscription.ResponseStream.MoveNext();

        await cluster.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<RpcException>(() => next);
    }

    private static async Task<string> PutAsync(ObjectAPI.ObjectAPIClient objects, ByteString content)
    {
        using var put = objects.PutObject();
        try
        {
            await put.RequestStream.WriteAsync(new PutObjectRequest { Value = content });
            await put.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The server has ended the call. Its status says why.
        }

        return (await put).Hash;
    }
}
