using Microsoft.AspNetCore.Http;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Connections;

/// <summary>
/// A server that keeps its connections alive with HTTP/2 pings, as a proxy does whose server has died, and answers nothing but the calls that come before
/// a long call. No call may wait for it for ever.
/// </summary>
public sealed class SilentServerTests
{
    private const string GetVersion = "/versionpb.API/GetVersion";
    private const string InspectCluster = "/admin.API/InspectCluster";
    private const string CheckObject = "/pfs.ObjectAPI/CheckObject";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Far more than the limit: a call that takes this long waits for ever.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(30);

    private static PachdTimeouts Timeouts => new() { Answer = 20 * Limit, Idle = Limit, Call = Limit, Retry = TimeSpan.Zero };

    [Fact]
    public async Task Every_kind_of_call_ends_although_the_server_pings()
    {
        await using var pachd = await StartAsync();
        await using var proxy = PingingProxy.Start(pachd.Port);

        var ends = await EndsOfAsync(pachd.Address with { Port = proxy.Port, Timeouts = Timeouts }, new()
        {
            ["a call that reads"] = client => client.ListReposAsync(),
            ["a call that is not repeated"] = client => client.CreatePipelineAsync(new CreatePipelineRequest { Pipeline = new Pipeline { Name = "edges" } }),
            ["a stream before its first message"] = client => client.ListJobsAsync().ToListAsync().AsTask(),
            ["a stream in the middle"] = client => client.ListCommitsAsync("images").ToListAsync().AsTask(),
            ["an extract in the middle"] = client => client.ExtractAsync(includeObjects: true).ToListAsync().AsTask(),
            ["a sent stream that is not taken"] = client => client.RestoreAsync(ManyOperations()),
            ["a sent stream that is taken and not answered"] = client => client.PutFileAsync("images", "0", "/a", ContentOf(1)),
        });

        Assert.True(proxy.Pings > 0);
        Assert.All(ends, end => Assert.Equal(PachdFailure.ConnectionLost, end.Failure));
        Assert.All(ends, end => Assert.Matches("the call (was not answered within|made no progress for) 1 second", end.Message));
    }

    [Fact]
    public async Task Calls_through_the_peer_port_end_although_the_server_pings()
    {
        await using var open = await FakePachd.StartAsync((method, _) => method switch
        {
            GetVersion => VersionOf(),
            InspectCluster => ClusterOf(),
            _ => Reply.Error(12, "unknown service pfs.ObjectAPI"),
        });
        await using var peer = await StartAsync();
        await using var proxy = PingingProxy.Start(peer.Port);

        var ends = await EndsOfAsync(open.Address with { Timeouts = Timeouts, Peer = peer.Address with { Port = proxy.Port } }, new()
        {
            ["an object"] = client => client.GetObjectSizeAsync("abc"),
            ["tags"] = client => client.ListTagsAsync().ToListAsync().AsTask(),
            ["objects"] = client => client.ListObjectsAsync().ToListAsync().AsTask(),
        });

        Assert.True(proxy.Pings > 0);
        Assert.All(ends, end => Assert.Matches("the call (was not answered within|made no progress for) 1 second", end.Message));
    }

    [Fact]
    public async Task A_short_call_ends_although_the_server_pings()
    {
        await using var pachd = await StartAsync(answersShortCalls: false);
        await using var proxy = PingingProxy.Start(pachd.Port);

        var ends = await EndsOfAsync(pachd.Address with { Port = proxy.Port, Timeouts = Timeouts with { Answer = Limit } }, new()
        {
            ["the release"] = client => client.GetReleaseAsync(),
        });

        Assert.True(proxy.Pings > 0);
        Assert.Equal(PachdFailure.Unreachable, ends.Single().Failure);
        Assert.Contains("no answer within 1 second", ends.Single().Message, StringComparison.Ordinal);
    }

    /// <summary>How calls end that are made at the same time, each on a connection of its own.</summary>
    private static async Task<PachdException[]> EndsOfAsync(ClusterAddress address, Dictionary<string, Func<PachdClient, Task>> calls) =>
        await Task.WhenAll(calls.Select(async call =>
        {
            await using var client = PachdClient.Create(address);
            var made = call.Value(client);
            Assert.True(await Task.WhenAny(made, Task.Delay(Forever)) == made, $"{call.Key} waits for ever");
            return await Assert.ThrowsAsync<PachdException>(() => made);
        }));

    private static Task<FakePachd> StartAsync(bool answersShortCalls = true) =>
        FakePachd.StartAsync(context => AnswerAsync(context, answersShortCalls));


    private static async Task AnswerAsync(HttpContext context, bool answersShortCalls)
    {
        switch (context.Request.Path.Value!)
        {
            case GetVersion when answersShortCalls:
                await FakePachd.WriteAsync(context, VersionOf());
                return;
            case InspectCluster:
                await FakePachd.WriteAsync(context, ClusterOf());
                return;
            case CheckObject:
                await FakePachd.WriteAsync(context, Reply.Of(new CheckObjectResponse()));
                return;
            case var path when path.EndsWith("ListCommitStream", StringComparison.Ordinal):
                await FakePachd.WriteAsync(context, Reply.Of(new CommitInfo { Commit = new Commit { Id = "0" } }));
                break;
            case var path when path.EndsWith("/Extract", StringComparison.Ordinal):
                await FakePachd.WriteAsync(context, new Reply([Streams.Repo("images").Bytes.ToArray()]));
                break;
        }

        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static Reply VersionOf() => Reply.Of(new Wire.Version.Version { Major = 1, Minor = 8, Micro = 7 });

    private static Reply ClusterOf() => Reply.Of(new Wire.Admin.ClusterInfo { Id = "one" });

    /// <summary>More bytes than a connection takes without a reader.</summary>
    private static IAsyncEnumerable<Operation> ManyOperations() => Enumerable.Repeat(Streams.Object(1024 * 1024), 64).ToAsyncEnumerable();

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ContentOf(params byte[] content)
    {
        await Task.Yield();
        yield return content;
    }
}
