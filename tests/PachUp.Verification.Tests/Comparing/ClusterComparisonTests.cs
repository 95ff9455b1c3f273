using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sandbox;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Testing;
using PachUp.Verification.Comparing;
using PachUp.Verification.Files;
using PachUp.Verification.Listings;
using PachUp.Verification.Records;

namespace PachUp.Verification.Tests.Comparing;

public sealed class ClusterComparisonTests : IDisposable
{
    private static readonly ClusterInventory Held = Clusters.Of(Clusters.Repo("images", Clusters.Commit("a")).With(Clusters.Branch("master", "a")));

    private readonly TemporaryFolder _folder = new();
    private int _files;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_inventories_of_the_same_are_equal()
    {
        var report = await CompareAsync(await SavedAsync(Held), await SavedAsync(Held));

        Assert.False(report.FoundLoss);
        Assert.Equal("repos 1 of 1, branches 1 of 1, commits 1 of 1, pipelines 0 of 0, files read 0 of 0", ArrivalLine.Of(report));
    }

    [Fact]
    public async Task What_the_second_lacks_is_lost()
    {
        var report = await CompareAsync(await SavedAsync(Held), await SavedAsync(Held with { Repos = [] }));

        Assert.Contains(report.Lost, item => item.Name == "images");
    }

    [Fact]
    public async Task Between_two_lines_the_route_says_what_is_expected()
    {
        var target = Clusters.Of(Clusters.Repo("images")) with { Release = new Release(1, 9, 0) };

        Assert.True((await CompareAsync(await SavedAsync(Held), await SavedAsync(target))).FoundLoss);
        Assert.False((await CompareAsync(await SavedAsync(Held), await SavedAsync(target), route: new ForgettingRoute())).FoundLoss);
    }

    [Fact]
    public async Task Between_two_lines_without_a_route_nothing_can_be_expected()
    {
        var source = await SavedAsync(Held);
        var target = await SavedAsync(Held with { Release = new Release(1, 10, 0) });
        var comparison = new ClusterComparison((_, _) => null, inventory => inventory);

        var failure = await Assert.ThrowsAsync<StepFailedException>(
            () => comparison.CompareAsync(source, target, DeepOptions.None, progress: null, CancellationToken.None));

        Assert.Equal("no plugin has a route from 1.8.8 to 1.10.0", failure.Message);
    }

    [Fact]
    public async Task Pipelines_that_a_run_paused_count_as_running()
    {
        var stopped = Clusters.Pipeline("edges");
        stopped.Stopped = true;
        var paused = await SavedAsync(Clusters.Of(Clusters.Repo("edges")).Running(stopped));
        var running = await SavedAsync(Clusters.Of(Clusters.Repo("edges")).Running(Clusters.Pipeline("edges")));

        var asItIs = new ClusterComparison((_, _) => new UnchangedRoute(), inventory => inventory);
        var undone = new ClusterComparison((_, _) => new UnchangedRoute(), inventory => inventory.WithRunning(new HashSet<string> { "edges" }));

        Assert.True((await asItIs.CompareAsync(paused, running, DeepOptions.None, null, CancellationToken.None)).FoundLoss);
        Assert.False((await undone.CompareAsync(paused, running, DeepOptions.None, null, CancellationToken.None)).FoundLoss);
    }

    [Theory]
    [InlineData(DeepScope.Heads, 0)]
    [InlineData(DeepScope.None, 3)]
    public async Task Files_cannot_be_compared_with_what_is_no_cluster(DeepScope scope, int sample)
    {
        var saved = await SavedAsync(Held);

        var refusal = await Assert.ThrowsAsync<WrongPlaceException>(() => CompareAsync(saved, saved, new DeepOptions { Scope = scope, Sample = sample }));

        Assert.Equal("files can be compared only between two clusters that answer, but one of these is a file", refusal.Message);
    }

    [Fact]
    public async Task Of_two_saved_inventories_only_files_that_both_read_are_compared()
    {
        var probe = new FileProbe("images", "master", Clusters.Id("a"), "/1.png", 3, "hash");
        var source = await SavedAsync(Held with { Probes = [probe, probe with { Path = "/2.png" }] });

        Assert.False((await CompareAsync(source, await SavedAsync(Held with { Probes = [probe] }))).FoundLoss);
        Assert.True((await CompareAsync(source, await SavedAsync(Held with { Probes = [probe with { Sha256 = "other" }] }))).FoundLoss);
    }

    [Fact]
    public async Task An_archive_is_compared_as_far_as_it_says_something()
    {
        var archive = new ComparedPlace.Archive(Recordings.Archive("1.8.7-world-metadata"));

        var report = await CompareAsync(archive, archive);

        Assert.False(report.FoundLoss);
        Assert.Contains("Whether pipelines are stopped: an archive does not tell this.", report.NotCompared);
    }

    [Fact]
    public async Task Two_clusters_that_answer_are_compared_file_by_file_where_somebody_asks_for_it()
    {
        var options = new SandboxOptions { Release = new Release(1, 9, 12), ExposeObjectApi = true };
        await using var clusters = await SandboxPair.StartAsync(options, options, sharesBucket: false);
        await Cluster.Empty.WithRepo("images").WithCommit("images", "master", "/1.png", "one").MakeAsync(clusters.Source.Cluster);

        var same = await CompareAsync(new ComparedPlace.Live(clusters.Source.Address), new ComparedPlace.Live(clusters.Source.Address), new DeepOptions { Scope = DeepScope.Heads });
        var other = await CompareAsync(new ComparedPlace.Live(clusters.Source.Address), new ComparedPlace.Live(clusters.Target.Address));

        Assert.Equal((false, 1L), (same.FoundLoss, same.Files[0].Kept));
        Assert.True(other.FoundLoss);
    }

    [Fact]
    public async Task Two_clusters_with_as_many_objects_are_not_the_same_and_each_lost_object_is_named()
    {
        var options = new SandboxOptions { Release = new Release(1, 9, 12), ExposeObjectApi = true };
        await using var clusters = await SandboxPair.StartAsync(options, options, sharesBucket: false);
        await Cluster.Empty.WithRepo("images").WithCommit("images", "master", "/1.png", "one").MakeAsync(clusters.Source.Cluster);
        await Cluster.Empty.WithRepo("images").WithCommit("images", "master", "/1.png", "two").MakeAsync(clusters.Target.Cluster);
        await using var source = PachdClient.Create(clusters.Source.Address);
        await using var target = PachdClient.Create(clusters.Target.Address);
        var there = await target.ListObjectsAsync().ToHashSetAsync();
        var lost = await source.ListObjectsAsync().Where(hash => !there.Contains(hash)).Select(hash => $"{hash[..32]}...").ToListAsync();

        var report = await CompareAsync(new ComparedPlace.Live(clusters.Source.Address), new ComparedPlace.Live(clusters.Target.Address));

        Assert.NotEmpty(lost);
        Assert.Equal(lost.Order(StringComparer.Ordinal), report.Lost.Where(item => item.Kind == ItemKind.Object).Select(item => item.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_saved_inventory_is_compared_object_by_object_with_the_listing_beside_it()
    {
        var options = new SandboxOptions { Release = new Release(1, 9, 12), ExposeObjectApi = true };
        await using var clusters = await SandboxPair.StartAsync(options, options, sharesBucket: false);
        await Cluster.Empty.WithRepo("images").WithCommit("images", "master", "/1.png", "one").MakeAsync(clusters.Source.Cluster);
        await using var source = PachdClient.Create(clusters.Source.Address);
        var listed = await ObjectListing.OfRun(_folder.Path).SaveAsync(source, new HashSet<string>(), progress: null, CancellationToken.None);
        var inventory = await InventoryReader.ReadAsync(source, InventoryOptions.MetadataOnly) with { Objects = listed.Objects, Tags = listed.Tags };
        await InventoryFile.WriteAsync(_folder.File("source.inventory.json"), inventory);

        var report = await CompareAsync(new ComparedPlace.SavedInventory(_folder.File("source.inventory.json")), new ComparedPlace.Live(clusters.Target.Address));

        Assert.Equal(listed.Objects, report.Lost.Count(item => item.Kind == ItemKind.Object));
    }

    [Fact]
    public async Task The_specs_that_changed_when_a_run_stopped_pipelines_are_no_loss()
    {
        var options = new SandboxOptions { Release = new Release(1, 8, 7), ExposeObjectApi = true };
        await using var clusters = await SandboxPair.StartAsync(options, options, sharesBucket: true);
        var world = Cluster.Empty.WithRepo("images").WithPipeline("edges", "images");
        await world.MakeAsync(clusters.Source.Cluster);
        await world.MakeAsync(clusters.Target.Cluster);
        await using var source = PachdClient.Create(clusters.Source.Address);
        await source.StopPipelineAsync("edges");

        var report = await new ClusterComparison((_, _) => new UnchangedRoute(), inventory => inventory.WithRunning(new HashSet<string> { "edges" })).CompareAsync(
            new ComparedPlace.Live(clusters.Source.Address), new ComparedPlace.Live(clusters.Target.Address), DeepOptions.None, progress: null, CancellationToken.None);

        Assert.DoesNotContain(report.Lost, item => item.Kind == ItemKind.Object);
    }

    private static Task<VerificationReport> CompareAsync(ComparedPlace source, ComparedPlace target, DeepOptions? options = null, MigrationRoute? route = null) =>
        new ClusterComparison((_, _) => route ?? new UnchangedRoute(), inventory => inventory)
            .CompareAsync(source, target, options ?? DeepOptions.None, progress: null, CancellationToken.None);

    private async Task<ComparedPlace> SavedAsync(ClusterInventory inventory)
    {
        var path = _folder.File($"{_files++}.json");
        await InventoryFile.WriteAsync(path, inventory);
        return new ComparedPlace.SavedInventory(path);
    }

    /// <summary>A route on which commits and branches do not arrive.</summary>
    private sealed class ForgettingRoute : UnchangedRoute
    {
        public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options) =>
            new() { Inventory = source with { Repos = [.. source.Repos.Select(repo => repo with { Commits = [], Branches = [] })] } };
    }
}
