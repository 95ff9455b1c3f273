using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.Sandbox.Tests.Filling;

public sealed class FillTests
{
    public static TheoryData<string> Releases => [.. SandboxReleases.All.Select(release => release.ToString())];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_cluster_that_is_filled_with_what_another_listed_lists_the_same(string release)
    {
        await using var original = await Clusters.StartAsync(release);
        await BuildAsync(original.Address);
        var listed = await InventoryOfAsync(original);
        await using var copy = await Clusters.StartAsync(release);

        copy.Fill(listed);

        Assert.Equal(TextOf(listed), TextOf(await InventoryOfAsync(copy) with { ClusterId = listed.ClusterId }));
        Assert.Equal(0, copy.WriteCalls);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task A_filled_cluster_extracts_the_same_metadata(string release)
    {
        await using var original = await Clusters.StartAsync(release);
        await BuildAsync(original.Address);
        await using var copy = await Clusters.StartAsync(release);

        copy.Fill(await InventoryOfAsync(original));

        Assert.Equal(await ExtractAsync(original), await ExtractAsync(copy));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Stopping_the_pipelines_of_a_filled_cluster_starts_no_commits(string release)
    {
        await using var original = await Clusters.StartAsync(release);
        await BuildAsync(original.Address);
        await using var copy = await Clusters.StartAsync(release);
        var listed = await InventoryOfAsync(original);
        copy.Fill(listed);
        await using var client = PachdClient.Create(copy.Address);

        foreach (var pipeline in listed.Pipelines)
        {
            await client.StopPipelineAsync(pipeline.Name);
        }

        Assert.Equal(listed.CountCommits(), (await InventoryOfAsync(copy)).CountCommits());
    }

    [Fact]
    public async Task Fields_that_a_stream_left_out_are_completed_on_request()
    {
        var pipeline = new PipelineInventory
        {
            Name = "edges",
            Info = new Pachyderm.Wire.Pps.PipelineInfo { Transform = new Pachyderm.Wire.Pps.Transform { Cmd = { "sh" } } },
        };
        var archived = new ClusterInventory { Release = new Release(1, 8, 7), ClusterId = "", Repos = [new RepoInventory { Name = "edges" }], Pipelines = [pipeline] };
        await using var cluster = await Clusters.StartAsync("1.8.7");

        cluster.Fill(archived, completesSpecs: true);

        var listed = (await InventoryOfAsync(cluster)).Pipelines.Single().Info;
        Assert.Equal(3, listed.DatumTries);
        Assert.NotEmpty(listed.Salt);
    }

    /// <summary>The archive of the recorded cluster <c>trees</c> of 1.9.12 has such a commit.</summary>
    [Fact]
    public async Task A_tree_that_another_commit_names_as_a_part_can_be_read_as_both()
    {
        var whole = new CommitInventory { Id = $"{new string('1', 12)}4{new string('1', 19)}", Branch = "master", Finished = DateTimeOffset.UnixEpoch, Tree = "abc", SizeBytes = 4 };
        var output = whole with { Id = $"{new string('2', 12)}4{new string('2', 19)}", Tree = null, Trees = ["abc"], Datums = "abc", Provenance = [new CommitProvenanceInventory("images", whole.Id, "master")] };
        var archived = new ClusterInventory
        {
            Release = new Release(1, 9, 12),
            ClusterId = "",
            Repos = [new RepoInventory { Name = "images", Commits = [whole] }, new RepoInventory { Name = "edges", Commits = [output] }],
        };
        await using var cluster = await Clusters.StartAsync("1.9.12");
        await using var client = PachdClient.Create(cluster.Address);

        cluster.Fill(archived);

        Assert.True(await FileWalk.CanListAsync(client, "images", whole.Id));
        Assert.True(await FileWalk.CanListAsync(client, "edges", output.Id));
    }

    [Theory]
    [InlineData("1.7.3", "1.7.14")]
    [InlineData("1.8.0", null)]
    [InlineData("1.8.1", "1.8.7")]
    [InlineData("1.8.6", "1.8.7")]
    [InlineData("1.8.8", "1.8.8")]
    [InlineData("1.8.8-mine", "1.8.8")]
    [InlineData("1.9.3", "1.9.0")]
    [InlineData("1.9.5", "1.9.0")]
    [InlineData("1.9.6", "1.9.12")]
    [InlineData("1.9.12", "1.9.12")]
    [InlineData("1.10.0", "1.10.5")]
    [InlineData("1.11.0", "1.11.9")]
    [InlineData("1.12.0", "1.12.5")]
    [InlineData("1.13.0", "1.13.4")]
    public void The_nearest_release_that_behaves_alike_stands_in(string release, string? standIn) =>
        Assert.Equal(standIn, SandboxReleases.StandInFor(Release.Parse(release))?.ToString());

    [Fact]
    public async Task A_stand_in_reports_the_release_that_it_stands_in_for()
    {
        await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 9, 0), StatedRelease = Release.Parse("1.9.3-mine") });
        await using var client = PachdClient.Create(cluster.Address);

        Assert.Equal("1.9.3-mine", (await client.GetReleaseAsync()).ToString());
    }

    [Fact]
    public async Task The_cluster_names_the_operation_that_a_restore_refused()
    {
        await using var cluster = await Clusters.StartAsync("1.9.0");

        await Assert.ThrowsAsync<SandboxException>(() => cluster.FillAsync(Recordings.Archive("1.9.0-odd-full")));

        Assert.Equal("pipeline dotbranch", cluster.LastRefusal!.Item);
        Assert.StartsWith("error creating pipeline: ", cluster.LastRefusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Files, a pipeline behind another, one that is stopped, a derived branch, and a commit that is open.</summary>
    private static async Task BuildAsync(ClusterAddress address)
    {
        using var builder = new ClusterBuilder(address);
        await builder.CreateRepoAsync("images", "what cameras see");
        await builder.CommitFileAsync("images", "master", "/a", "one");
        await builder.CreatePipelineAsync("edges", "images");
        await builder.CreatePipelineAsync("montage", "edges");
        await builder.CreatePipelineAsync("idle", "images");
        await builder.CommitFileAsync("images", "master", "/b", "two");
        await builder.StopPipelineAsync("idle");
        await builder.CreateBranchAsync("images", "derived", null, ("images", "master"));
        await builder.StartCommitAsync("images", "later");
    }

    private static async Task<ClusterInventory> InventoryOfAsync(SandboxCluster cluster)
    {
        await using var client = PachdClient.Create(cluster.Address);
        return await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly);
    }

    /// <summary>Listings do not have the earlier specs of pipelines, so these commits differ.</summary>
    private static bool IsSpec(Operation operation) =>
        operation.Kind is OperationKind.Commit && operation.AsCommit().Parent.Repo.Name == BranchName.SpecRepo;

    /// <summary>The operation with its provenance sorted, since servers keep it in any order.</summary>
    private static string TextOf(Operation operation)
    {
        if (operation.Kind is not OperationKind.Commit)
        {
            return Convert.ToHexString(operation.Bytes.Span);
        }

        var commit = operation.AsCommit();
        var provenance = commit.Provenance.OrderBy(origin => origin.Commit.Id, StringComparer.Ordinal).ToList();
        commit.Provenance.Clear();
        commit.Provenance.Add(provenance);
        return commit.ToString();
    }

    private static string TextOf(ClusterInventory inventory) => InventoryFile.Serialize(inventory);

    private static async Task<List<string>> ExtractAsync(SandboxCluster cluster)
    {
        await using var client = PachdClient.Create(cluster.Address);
        return await client.ExtractAsync(includeObjects: false)
            .Where(operation => !IsSpec(operation))
            .Select(TextOf)
            .Order()
            .ToListAsync();
    }
}
