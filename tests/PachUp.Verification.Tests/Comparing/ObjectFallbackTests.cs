using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using PachUp.Verification.Comparing;
using PachUp.Verification.Files;

namespace PachUp.Verification.Tests.Comparing;

/// <summary>Where objects cannot be listed, the files of commits are listed and those of branch heads read in their place.</summary>
public sealed class ObjectFallbackTests : IAsyncLifetime
{
    private static readonly VerificationReport Nothing = new() { Counts = [] };

    private SandboxCluster _sandbox = null!;
    private PachdClient _client = null!;
    private ClusterInventory _held = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxCluster.StartAsync(new SandboxOptions { Release = new Release(1, 9, 12) });
        await Cluster.Empty.WithRepo("images")
            .WithCommit("images", "master", "/1.png", "one")
            .WithCommit("images", "master", "/2.png", "three")
            .MakeAsync(_sandbox);
        _client = PachdClient.Create(_sandbox.Address);
        _held = await InventoryReader.ReadAsync(_client, InventoryOptions.MetadataOnly);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Every_file_of_the_branch_heads_is_read()
    {
        var report = await AddToAsync(_held, readBytes: 1000);

        Assert.Equal((2L, 2L, 0L), (report.Files[0].Kept, report.Files[0].Files, report.Files[0].NotRead));
        Assert.False(report.FoundLoss);
        Assert.Empty(report.NotCompared);
    }

    [Fact]
    public async Task What_the_budget_does_not_allow_is_said()
    {
        var report = await AddToAsync(_held, readBytes: 3);

        Assert.Equal("1 file of the branch heads: listed, but not read, because the limit is 3 B (readBytes).", Assert.Single(report.NotCompared));
        Assert.False(report.FoundLoss);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1000, false)]
    public async Task No_file_is_read_where_none_may_be_or_something_else_reads_them(long readBytes, bool readsHeads)
    {
        var report = await AddToAsync(_held, readBytes, readsHeads);

        Assert.Empty(report.Files);
        Assert.Empty(report.NotCompared);
    }

    [Fact]
    public async Task A_commit_whose_files_cannot_be_listed_is_lost()
    {
        var expected = _held with { Repos = [Clusters.Repo("images", Clusters.Commit("gone"))] };

        var report = await AddToAsync(expected, readBytes: 0);

        Assert.Equal(($"images@{Clusters.Id("gone")}", "its files cannot be listed"), (Assert.Single(report.Lost).Name, report.Lost[0].Detail));
    }

    [Fact]
    public async Task A_commit_that_is_known_to_be_lost_is_not_counted_twice()
    {
        var expected = _held with { Repos = [Clusters.Repo("images", Clusters.Commit("gone"))] };
        var known = Nothing with { Lost = [new InventoryItem(ItemKind.Commit, $"images@{Clusters.Id("gone")}")] };

        Assert.Single((await AddToAsync(expected, readBytes: 0, report: known)).Lost);
    }

    [Fact]
    public async Task Where_the_source_answers_the_bytes_are_compared_with_it()
    {
        await using var other = await SandboxCluster.StartAsync(new SandboxOptions { Release = new Release(1, 9, 12) });
        await using var source = PachdClient.Create(other.Address);

        var report = await AddToAsync(_held, readBytes: 1000, source: new LiveFiles(_client));

        Assert.Equal((2L, 2L), (report.Files[0].Kept, report.Files[0].Files));
    }

    private Task<VerificationReport> AddToAsync(
        ClusterInventory expected, long readBytes, bool readsHeads = true, VerificationReport? report = null, IFileSide? source = null) =>
        new ObjectFallback(_client, source, readBytes, progress: null).AddToAsync(report ?? Nothing, expected, readsHeads, new NoLedger(), CancellationToken.None);
}
