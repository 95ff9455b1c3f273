using System.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Sdk.Testing;
using PachUp.Steps.Reloading;
using PachUp.Testing;

namespace PachUp.Steps.Tests.Reloading;

public class ReloadStepTests
{
    private static readonly ReloadStep Step = new();
    private static readonly ReloadStep.Arguments Arguments = new();

    private static Cluster World { get; } = Cluster.Empty
        .WithRepo("images")
        .WithCommit("images", "master", "/1.png", "one")
        .WithCommit("images", "master", "/2.png", "two")
        .WithRepo("labels")
        .WithCommit("labels", "master", "/a", "A");

    [Fact]
    public async Task What_the_preview_says_is_loaded_into_one_new_commit_for_each_branch()
    {
        await using var bench = await StepBench.StartAsync(World);

        var preview = await Step.PreviewAsync(Arguments, Of(bench));
        var result = await Step.ExecuteAsync(Arguments, Of(bench));

        Assert.Equal(["load files of images@master", "load files of labels@master"], preview.Does());
        Assert.Equal(("3", "7"), (result.Outputs["files"], result.Outputs["bytes"]));
        Assert.Equal("one", await ReadAsync(bench, "images", "/1.png"));
        Assert.Equal("A", await ReadAsync(bench, "labels", "/a"));
        Assert.Single((await StepBench.LookAsync(bench.Target)).FindRepo("images")!.Commits);
    }

    [Fact]
    public async Task The_progress_counts_up_to_the_bytes_of_all_branches()
    {
        await using var bench = await StepBench.StartAsync(World);

        await Step.ExecuteAsync(Arguments, Of(bench));

        var loaded = bench.Execution.Reports.Where(report => report.Text.StartsWith("loading", StringComparison.Ordinal)).ToList();
        Assert.Equal(new StepProgress("loading labels@master", 7, 7, StepProgress.BytesUnit), loaded[^1]);
        Assert.All(loaded, report => Assert.Equal(7, report.Total));
    }

    [Fact]
    public async Task Doing_it_twice_loads_nothing_again()
    {
        await using var bench = await StepBench.StartAsync(World);
        var execution = Of(bench);
        await Step.ExecuteAsync(Arguments, execution);
        var before = await StepBench.LookAsync(bench.Target);

        await Step.ExecuteAsync(Arguments, execution);

        Assert.True(InventoryDifference.Between(before, await StepBench.LookAsync(bench.Target)).IsEmpty);
    }

    [Fact]
    public async Task Only_the_branches_that_the_plan_names_are_loaded()
    {
        await using var bench = await StepBench.StartAsync(World);

        await Step.ExecuteAsync(Arguments with { Branches = " labels@master ," }, Of(bench));

        var target = await StepBench.LookAsync(bench.Target);
        Assert.Empty(target.FindRepo("images")!.Commits);
        Assert.Single(target.FindRepo("labels")!.Commits);
    }

    [Fact]
    public async Task A_branch_that_does_not_exist_is_refused_with_the_nearest_name()
    {
        await using var bench = await StepBench.StartAsync(World);

        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.PreviewAsync(Arguments with { Branches = "image@master" }, Of(bench)));

        Assert.Equal((FailureKind.Refused, "the source has no branch \"image@master\" with files to load"), (refusal.Kind, refusal.Message));
        Assert.Equal("Did you mean \"images@master\"?", refusal.Remedy);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public async Task A_number_of_files_at_a_time_out_of_range_is_refused(int parallel)
    {
        var refusal = await Assert.ThrowsAsync<StepFailedException>(
            () => Step.ExecuteAsync(Arguments with { Parallel = parallel }, StandInExecution.Of(Clusters.Of())));

        Assert.Equal(($"\"parallel\" is {parallel}", "Give a number from 1 to 64."), (refusal.Message, refusal.Remedy));
    }

    [Fact]
    public async Task A_plan_that_is_no_reload_cannot_use_it()
    {
        var refusal = await Assert.ThrowsAsync<StepFailedException>(() => Step.PreviewAsync(Arguments, StandInExecution.Of(Clusters.Of())));

        Assert.Equal("pachyderm/reload loads files without their history, but the plan does not announce this", refusal.Message);
    }

    /// <summary>A reload, which loads the head of every branch.</summary>
    private static StandInExecution Of(StepBench bench) => bench.Execution with { Purpose = PlanPurpose.Reload, Route = new LoadingRoute(bench.Execution.Route) };

    private static async Task<string> ReadAsync(StepBench bench, string repo, string path)
    {
        await using var client = PachdClient.Create(bench.Target.Address);
        var content = new List<byte>();
        await foreach (var part in client.ReadFileAsync(repo, "master", path))
        {
            content.AddRange(part.ToArray());
        }

        return Encoding.UTF8.GetString([.. content]);
    }

    private sealed class LoadingRoute(MigrationRoute route) : UnchangedRoute
    {
        public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options) => route.PredictTarget(source, target, options) with
        {
            LoadedBranches = [.. source.Repos.SelectMany(repo => repo.Branches.Select(branch => new LoadedBranch(repo.Name, branch.Name, branch.Head!)))],
        };

        public override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) =>
            route.CreateRewriter(source, target, options);
    }
}
