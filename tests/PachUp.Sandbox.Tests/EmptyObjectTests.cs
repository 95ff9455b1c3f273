using Google.Protobuf;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Tests.Workers;
using PachUp.Sdk.Testing;
using AdminApi = PachUp.Pachyderm.Wire.Admin.API.APIClient;

namespace PachUp.Sandbox.Tests;

/// <summary>Empty objects in streams. An extract writes an empty object as one operation without content, which a restore does not read as an object.</summary>
public sealed class EmptyObjectTests
{
    private const string Hash =
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    private static readonly Op End = new() { Op19 = new Op1_9 { Object = new PutObjectRequest() } };
    private static readonly Op Content = new() { Op19 = new Op1_9 { Object = new PutObjectRequest { Value = ByteString.CopyFromUtf8("content") } } };
    private static readonly Op ReadmeRepo = new() { Op19 = new Op1_9 { Repo = new CreateRepoRequest { Repo = new Repo { Name = "readme" } } } };

    [Fact]
    public async Task An_extract_writes_an_empty_object_as_one_operation_without_content()
    {
        await using var cluster = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false);
        await cluster.Files.CreateRepoAsync("images");
        await cluster.Files.CommitFileAsync("images", "master", "/empty", "");

        var objects = (await cluster.ExtractAsync()).Select(operation => operation.Op19.Object).OfType<PutObjectRequest>().ToList();

        // The other object is the tree of the commit: an operation with its content, and one that ends it.
        Assert.Equal(3, objects.Count);
        Assert.Equal(2, objects.Count(part => part.Value.IsEmpty));
    }

    [Fact]
    public async Task A_restore_loses_a_lone_empty_object_and_reads_the_next_object()
    {
        await using var cluster = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false);

        Assert.Equal("", await RestoreAsync(cluster, End, Content, End, ReadmeRepo));

        Assert.Equal(["content"], await ObjectsAsync(cluster));
    }

    [Fact]
    public async Task Two_empty_operations_are_an_empty_object()
    {
        await using var cluster = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false);

        Assert.Equal("", await RestoreAsync(cluster, End, End, ReadmeRepo));

        Assert.Equal([""], await ObjectsAsync(cluster));
    }

    [Fact]
    public async Task A_lone_empty_object_before_another_kind_of_operation_ends_the_restore_with_an_error()
    {
        await using var cluster = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false);

        Assert.Equal(
            "error putting object: expected an object, but got: op1_9:<repo:<repo:<name:\"readme\" > > > ", await RestoreAsync(cluster, End, ReadmeRepo));
    }

    [Fact]
    public async Task A_restored_empty_file_is_listed_and_cannot_be_read()
    {
        await using var source = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false);
        await source.Files.CreateRepoAsync("images");
        await source.Files.CommitFileAsync("images", "master", "/empty", "");

        // The hash of this content is greater than that of the empty object, so that the empty object is not the last one.
        await source.Files.CommitFileAsync("images", "master", "/full", "words");
        await using var target = await WorkingCluster.StartAsync("1.9.0", runsPipelines: false);

        Assert.Equal("", await RestoreAsync(target, [.. await source.ExtractAsync()]));

        Assert.Equal(["empty", "full"], await target.ListAsync("images"));
        Assert.Equal("words", await target.ReadAsync("images", "/full"));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => target.ReadAsync("images", "/empty"));
        Assert.Equal($"objectInfoGetter: object {Hash} not found", refusal.Status.Detail);
    }

    private static async Task<IReadOnlyList<string>> ObjectsAsync(WorkingCluster cluster) =>
    [
        .. (await cluster.ExtractAsync()).Select(operation => operation.Op19.Object).OfType<PutObjectRequest>()
            .Aggregate(new List<string> { "" }, (objects, part) =>
            {
                objects[^1] += part.Value.ToStringUtf8();
                if (part.Value.IsEmpty)
                    objects.Add("");

                return objects;
            }).SkipLast(1),
    ];

    private static async Task<string> RestoreAsync(WorkingCluster cluster, params Op[] operations)
    {
        using var channel = SandboxChannel.Open(cluster.Cluster.Address);
        using var call = new AdminApi(channel).Restore();
        foreach (var operation in operations)
        {
            await call.RequestStream.WriteAsync(new RestoreRequest { Op = operation });
        }

        await call.RequestStream.CompleteAsync();
        try
        {
            await call;
            return "";
        }
        catch (RpcException e)
        {
            return e.Status.Detail;
        }
    }
}
