using System.Text;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Testing;
using Snapshooter;
using Snapshooter.Xunit;

namespace PachUp.Pachyderm.Tests.Archives;

public sealed class ArchiveContentsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.7.14-world-full")]
    [InlineData("1.8.7-world-metadata")]
    [InlineData("1.8.7-trees-full")]
    [InlineData("1.8.8-open-full")]
    [InlineData("1.9.12-world-full")]
    public async Task A_recorded_archive_describes_its_cluster(string name)
    {
        var contents = await ReadAsync(Recordings.Archive(name));

        Snapshot.Match(Describe(contents.Inventory), new SnapshotNameExtension(name));
    }

    [Theory]
    [InlineData("1.7.14")]
    [InlineData("1.8.7")]
    [InlineData("1.9.0")]
    public async Task An_archive_describes_the_cluster_after_its_restore(string release)
    {
        await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = Release.Parse(release) });
        await cluster.FillAsync(Recordings.Archive($"{release}-world-full"));
        await using var client = PachdClient.Create(cluster.Address);

        var told = (await ReadAsync(Recordings.Archive($"{release}-world-full"))).Inventory;
        var restored = await InventoryReader.ReadAsync(client, new InventoryOptions { CountObjects = true });

        // The stream has no sizes and lacks some pipeline fields, and restored pipelines create the branches of their output repos.
        var difference = InventoryDifference.Between(told, restored, new ComparisonOptions { CommitSizes = false });
        Assert.Empty(difference.Lost);
        Assert.All(difference.Changed, item => Assert.Matches("""^(salt: "" -> "[0-9a-f]{32}"; )?datum_tries: 0 -> 3$""", item.Detail));
        Assert.All(difference.Added, item => Assert.NotNull(restored.FindPipeline(item.Name.Split('@')[0])));
    }

    [Fact]
    public async Task The_manifest_names_the_cluster()
    {
        var archive = _folder.File("archive");
        await ArchiveSamples.WriteAsync(archive, await ArchiveSamples.ReadRecordedAsync("1.8.8-open-full"));

        var inventory = (await ReadAsync(archive)).Inventory;

        Assert.Equal(ArchiveSamples.Source.Release, inventory.Release);
        Assert.Equal(ArchiveSamples.Source.ClusterId, inventory.ClusterId);
        Assert.Contains(inventory.Repos.SelectMany(repo => repo.Commits), commit => commit.Finished == ArchiveSamples.Source.ExtractedAt);
    }

    [Fact]
    public async Task An_empty_archive_with_a_manifest_is_an_empty_cluster()
    {
        var archive = _folder.File("archive");
        await ArchiveSamples.WriteAsync(archive, []);

        Assert.Empty((await ReadAsync(archive)).Inventory.Repos);
    }

    [Fact]
    public async Task An_empty_archive_without_a_manifest_is_refused()
    {
        var error = await Assert.ThrowsAsync<ArchiveCorruptException>(() => ReadAsync(Recordings.Archive("1.8.7-empty")));

        Assert.Contains("is empty and has no manifest, so its release is unknown", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_archive_is_refused() =>
        await Assert.ThrowsAsync<ArchiveCorruptException>(() => ReadAsync(Recordings.Archive("1.8.7-mixed-with-1.7.14")));

    private static Task<ArchiveContents> ReadAsync(string path) => ArchiveContents.ReadAsync(path, line => new Release(line.Major, line.Minor, 12));

    private static string Describe(ClusterInventory cluster)
    {
        var text = new StringBuilder($"{cluster.Release}, objects {cluster.Objects}, tags {cluster.Tags}\n");
        foreach (var repo in cluster.Repos)
        {
            text.Append($"repo {repo.Name} \"{repo.Description}\"\n");
            text.AppendJoin("", repo.Branches.Select(branch => $"  {branch.Name} -> {Short(branch.Head)} from {string.Join(", ", branch.Provenance)}\n"));
            text.AppendJoin("", repo.Commits.Select(commit => $"  {Short(commit.Id)} after {Short(commit.Parent)} {Describe(commit)}\n"));
        }

        return text.AppendJoin("", cluster.Pipelines.Select(pipeline => $"pipeline {pipeline.Name}: {pipeline.Info}\n")).ToString();
    }

    private static string Describe(CommitInventory commit) => string.Join(" ",
    [
        commit.IsOpen ? "open" : $"finished {commit.Finished:yyyy}",
        $"on {commit.Branch}, {commit.SizeBytes} bytes, tree {Short(commit.Tree)}, {commit.Trees.Length} trees, from",
        .. commit.Provenance.Select(origin => $"{origin.Repo}@{Short(origin.Commit)}"),
    ]);

    private static string Short(string? hash) => hash is null ? "none" : hash[..8];
}
