using System.Text;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API;

namespace PachUp.Sandbox.Tests;

/// <summary>Restores of metadata onto the bucket of the source, a copy of it, or other storage.</summary>
public sealed class StorageTests
{
    [Theory]
    [InlineData("1.8.7", "1.7.14-world")]
    [InlineData("1.8.8", "1.8.7-world")]
    [InlineData("1.9.0", "1.8.7-world")]
    [InlineData("1.9.12", "1.8.7-world")]
    [InlineData("1.9.12", "1.9.12-world")]
    public async Task Metadata_alone_are_restored_if_the_bucket_has_the_objects(string release, string archive)
    {
        await using var source = await Clusters.StartAsync(archive.Split('-')[0], $"{archive}-full");

        await using var target = await Clusters.StartAsync(release, $"{archive}-metadata", source.ObjectStore.Copy());

        Assert.NotEmpty(await ReadFileAsync(target, "images", "master", "/1.png"));
    }

    [Fact]
    public async Task Two_clusters_can_share_one_bucket()
    {
        await using var source = await Clusters.StartAsync("1.8.7", "1.8.7-world-full");

        await using var target = await Clusters.StartAsync("1.9.0", "1.8.7-world-metadata", source.ObjectStore);

        Assert.Equal(await ReadFileAsync(source, "images", "master", "/1.png"), await ReadFileAsync(target, "images", "master", "/1.png"));
    }

    [Fact]
    public async Task A_copy_of_a_bucket_does_not_change_with_the_original()
    {
        await using var source = await Clusters.StartAsync("1.9.12");
        var copy = source.ObjectStore.Copy();
        using var builder = new ClusterBuilder(source.Address);
        await builder.CreateRepoAsync("images");
        await builder.CommitFileAsync("images", "master", "/1.png", "later");

        await using var other = await Clusters.StartAsync("1.9.12", store: copy);

        Assert.Equal((1, 0), (await CountObjectsAsync(source) > 0 ? 1 : 0, await CountObjectsAsync(other)));
    }

    [Theory]
    [InlineData("1.8.7", "1.7.14-world-metadata", "objectInfoGetter: object b8d2cce6704a447ccb76da8d3da752716d038e364c133c1e49687913134c9ebba36e05b4dff8f44c4c3bf5c7ee0cc80066319ce67c890d9a35ddba6ac4718e88 not found")]
    [InlineData("1.9.0", "1.8.7-world-metadata", "error creating commit: objectInfoGetter: object 255ec6ac828d0061487188c3843b972c8643d07eb163bd81dd3911ebb4659d3d0bddb1983f1924ef3159de16007da9e66f2949ac05e77e3bccdea21775f67bd1 not found")]
    public async Task Metadata_without_their_objects_are_refused_at_the_first_missing_tree(string release, string archive, string words)
    {
        await using var cluster = await Clusters.StartAsync(release);

        var refusal = await Assert.ThrowsAsync<SandboxException>(() => cluster.FillAsync(Recordings.Archive(archive)));

        Assert.Equal(words, refusal.Message);
    }

    [Fact]
    public async Task A_local_bucket_of_an_older_release_looks_empty_to_1_9_12_but_the_metadata_is_restored_without_an_error()
    {
        await using var source = await Clusters.StartAsync("1.8.7", "1.8.7-world-full", new SandboxObjectStore { HasLocalLayout = true });

        await using var target = await Clusters.StartAsync("1.9.12", "1.8.7-world-metadata", source.ObjectStore.Copy());

        var refusal = await Assert.ThrowsAsync<RpcException>(() => ReadFileAsync(target, "images", "master", "/1.png"));
        Assert.StartsWith("objectInfoGetter: object d7391b1651d9dc1edea6e5926125ca795955f73056e722aa5330cea8c722e654", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.EndsWith(" not found", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_bucket_of_1_8_7_has_the_layout_of_1_9_0()
    {
        await using var source = await Clusters.StartAsync("1.8.7", "1.8.7-world-full", new SandboxObjectStore { HasLocalLayout = true });

        await using var target = await Clusters.StartAsync("1.9.0", "1.8.7-world-metadata", source.ObjectStore.Copy());

        Assert.NotEmpty(await ReadFileAsync(target, "images", "master", "/1.png"));
    }

    [Theory]
    [InlineData("1.9.0", 14)]
    [InlineData("1.9.12", 0)]
    public async Task Commits_of_1_8_have_no_size_in_1_9_12(string release, ulong size)
    {
        await using var source = await Clusters.StartAsync("1.8.7", "1.8.7-world-full");
        await using var target = await Clusters.StartAsync(release, "1.8.7-world-metadata", source.ObjectStore.Copy());
        using var channel = SandboxChannel.Open(target.Address);

        var head = await new PfsApi.APIClient(channel).InspectCommitAsync(new InspectCommitRequest { Commit = CommitOf("images", "master") });

        Assert.Equal(size, head.SizeBytes);
    }

    private static async Task<string> ReadFileAsync(SandboxCluster cluster, string repo, string commit, string path)
    {
        using var channel = SandboxChannel.Open(cluster.Address);
        using var call = new PfsApi.APIClient(channel).GetFile(new GetFileRequest { File = new Pachyderm.Wire.Pfs.File { Commit = CommitOf(repo, commit), Path = path } });
        var content = new StringBuilder();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            content.Append(part.Value.ToStringUtf8());
        }

        return content.ToString();
    }

    private static async Task<int> CountObjectsAsync(SandboxCluster cluster)
    {
        using var channel = SandboxChannel.Open(cluster.Address);
        using var call = new ObjectAPI.ObjectAPIClient(channel).ListObjects(new ListObjectsRequest());
        return await call.ResponseStream.ReadAllAsync().CountAsync();
    }

    private static Commit CommitOf(string repo, string id) => new() { Repo = new Repo { Name = repo }, Id = id };
}
