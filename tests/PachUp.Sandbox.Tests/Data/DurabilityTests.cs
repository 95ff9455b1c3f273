using Grpc.Core;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using PfsApi = PachUp.Pachyderm.Wire.Pfs.API.APIClient;

namespace PachUp.Sandbox.Tests.Data;

/// <summary>The state of a cluster with a data directory after a restart.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Worlds => new()
    {
        { "1.7.14", "1.7.14-world-full" },
        { "1.8.7", "1.8.7-world-full" },
        { "1.8.8", "1.8.8-world-full" },
        { "1.9.0", "1.9.0-world-full" },
        { "1.9.12", "1.9.12-world-full" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task A_cluster_that_is_started_again_holds_the_same_as_before(string release, string archive)
    {
        IReadOnlyList<string> before;
        await using (var first = await StartAsync(release, Recordings.Archive(archive)))
        {
            before = await ClusterContent.ReadAsync(first);
        }

        await using var second = await StartAsync(release);

        Assert.True(before.Count > 30, $"the archive is small: {before.Count} messages");
        Assert.Equal(before, await ClusterContent.ReadAsync(second));
    }

    [Fact]
    public async Task Acknowledged_changes_are_on_disk_while_the_cluster_runs()
    {
        await using var first = await StartAsync("1.9.0");
        using var builder = new ClusterBuilder(first.Address);
        await builder.CreateRepoAsync("images");
        await builder.CreatePipelineAsync("edges", "images");
        await builder.CommitFileAsync("images", "master", "/1.png", new string('x', 100_000));
        CopyFolder("copy");

        await using var second = await StartAsync("1.9.0", folder: "copy");

        Assert.Equal(await ClusterContent.ReadAsync(first), await ClusterContent.ReadAsync(second));
    }

    [Fact]
    public async Task Files_that_were_put_into_an_open_commit_are_there_when_it_is_finished_after_a_restart()
    {
        string commit;
        await using (var first = await StartAsync("1.8.7"))
        {
            using var builder = new ClusterBuilder(first.Address);
            await builder.CreateRepoAsync("images");
            commit = await builder.StartCommitAsync("images", "master");
            await builder.PutFileAsync("images", commit, "/small", "abc");
            await builder.PutFileAsync("images", commit, "/large", new string('x', 25_000_000));
        }

        await using var second = await StartAsync("1.8.7");
        using var later = new ClusterBuilder(second.Address);
        await later.FinishCommitAsync("images", commit);

        Assert.Equal(("abc".Length, 25_000_000), (await SizeOfAsync(second, "/small"), await SizeOfAsync(second, "/large")));
    }

    [Fact]
    public async Task The_newest_item_is_listed_first_even_if_it_was_made_after_a_restart()
    {
        await using (var first = await StartAsync("1.9.12"))
        {
            using var builder = new ClusterBuilder(first.Address);
            await builder.CreateRepoAsync("b");
            await builder.CreateRepoAsync("c");
        }

        await using var second = await StartAsync("1.9.12");
        using var later = new ClusterBuilder(second.Address);
        await later.CreateRepoAsync("a");

        Assert.Equal(["a", "c", "b"], await ReposOfAsync(second));
    }

    [Fact]
    public async Task Deleted_items_stay_deleted_after_a_restart()
    {
        await using (var first = await StartAsync("1.9.0", Recordings.Archive("1.9.0-world-full")))
        {
            using var channel = SandboxChannel.Open(first.Address);
            await new PachUp.Pachyderm.Wire.Pps.API.APIClient(channel).DeleteAllAsync(new());
            await new PfsApi(channel).DeleteAllAsync(new());
        }

        await using var second = await StartAsync("1.9.0");

        Assert.Empty(await ReposOfAsync(second));
    }

    [Fact]
    public async Task A_refused_call_leaves_nothing_behind()
    {
        await using (var first = await StartAsync("1.9.0"))
        {
            using var builder = new ClusterBuilder(first.Address);
            await builder.CreateRepoAsync("images");
            await Assert.ThrowsAsync<RpcException>(() => builder.CreateBranchAsync("images", "edges", head: null, ("nowhere", "master")));
        }

        await using var second = await StartAsync("1.9.0");
        using var channel = SandboxChannel.Open(second.Address);

        Assert.Empty((await new PfsApi(channel).ListBranchAsync(new ListBranchRequest { Repo = new Repo { Name = "images" } })).BranchInfo);
    }

    [Fact]
    public async Task A_file_whose_content_cannot_be_written_is_refused_and_the_cluster_goes_on()
    {
        await using var cluster = await StartAsync("1.9.0");
        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images");
        await System.IO.File.WriteAllTextAsync(_folder.File("data/content"), "in the way");

        var refusal = await Assert.ThrowsAsync<RpcException>(() => builder.CommitFileAsync("images", "master", "/1.png", new string('x', 100_000)));
        await builder.CreateRepoAsync("labels");

        Assert.StartsWith($"the data directory \"{_folder.File("data")}\" cannot be written: ", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(["labels", "images"], await ReposOfAsync(cluster));
        Assert.False(cluster.Failure.IsCompleted);
    }

    private Task<SandboxCluster> StartAsync(string release, string? archive = null, string folder = "data") =>
        SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(release), DataDirectory = _folder.File(folder), Archive = archive });

    private void CopyFolder(string name)
    {
        foreach (var file in Directory.EnumerateFiles(_folder.File("data"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.File(name), Path.GetRelativePath(_folder.File("data"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }
    }

    private static async Task<IReadOnlyList<string>> ReposOfAsync(SandboxCluster cluster)
    {
        using var channel = SandboxChannel.Open(cluster.Address);
        return [.. (await new PfsApi(channel).ListRepoAsync(new ListRepoRequest())).RepoInfo.Select(repo => repo.Repo.Name)];
    }

    private static async Task<int> SizeOfAsync(SandboxCluster cluster, string path)
    {
        using var channel = SandboxChannel.Open(cluster.Address);
        var commit = new Commit { Repo = new Repo { Name = "images" }, Id = "master" };
        using var call = new PfsApi(channel).GetFile(new GetFileRequest { File = new Pachyderm.Wire.Pfs.File { Commit = commit, Path = path } });
        return await call.ResponseStream.ReadAllAsync().Select(part => part.Value.Length).SumAsync();
    }
}
