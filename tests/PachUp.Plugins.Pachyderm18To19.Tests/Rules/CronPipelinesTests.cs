using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Testing;
using static PachUp.Plugins.Pachyderm18To19.Tests.Route;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Rules;

/// <summary>pachd makes the ticks that are due as soon as it creates a pipeline with a cron input.</summary>
public class CronPipelinesTests
{
    private static readonly RepoInventory Ticks = Repo("clock_tick", Commit("71"), Commit("72", "71")).With(Branch("master", "72"));
    private static readonly RepoInventory Output = Repo("clock", Commit("c1").From("clock_tick", "72", "master")).With(Branch("master", "c1").From("clock_tick", "master"));

    [Fact]
    public async Task One_that_runs_is_created_when_everything_else_is_in_place()
    {
        var source = Clusters.Of(Output, Ticks).Running(Pipeline("clock", Cron("clock")), Pipeline("reader", Pfs("clock")));

        var stream = await source.RewriteAsync([Streams.Pipeline("clock"), Streams.Pipeline("reader"), Streams.Commit("clock_tick", "71")]);

        var lines = stream.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[1..3]).Select(words => string.Join(' ', words)).ToList();
        Assert.Equal(["repo clock", "repo clock_tick", "pipeline {", "commit clock_tick@71000000,", "commit clock_tick@72000000,", "branch clock_tick@master,", "pipeline {"], lines);
        Assert.Contains("\"reader\"", stream.Split('\n')[2], StringComparison.Ordinal);
        Assert.Contains("\"clock\"", stream.Split('\n')[6], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_stopped_comes_before_the_commits_with_a_start_at_which_no_tick_comes()
    {
        var stopped = Pipeline("clock", Cron("clock"));
        stopped.Stopped = true;
        var source = Clusters.Of(Output, Ticks).Running(stopped);

        var expectedTarget = source.PredictTarget();
        var kinds = await new Route18To19().CreateRewriter(source, V1_9_0).RewriteAsync(AsyncEnumerable.Empty<Operation>()).Select(operation => operation.Kind).Distinct().ToListAsync();

        Assert.Equal([OperationKind.Repo, OperationKind.Pipeline, OperationKind.Commit, OperationKind.Branch], kinds);
        Assert.Equal(2200, expectedTarget.Inventory.FindPipeline("clock")!.Info.Input.Cron.Start.ToDateTime().Year);
        Assert.StartsWith(
            "Changed Pipeline clock: start of cron input \"tick\": 2019-05-01T12:00:00Z -> 2200-01-01T00:00:00Z (the pipeline is stopped",
            Assert.Single(expectedTarget.Said("cron-start")),
            StringComparison.Ordinal);
        Assert.Equal(2019, source.FindPipeline("clock")!.Info.Input.Cron.Start.ToDateTime().Year);
    }

    [Fact]
    public void A_tick_that_was_begun_is_made_again_and_is_no_open_commit_of_a_user()
    {
        var begun = Repo("clock_tick", Commit("71"), Open("72", "71")).With(Branch("master", "72"));

        var expectedTarget = Clusters.Of(Output, begun).Running(Pipeline("clock", Cron("clock"))).PredictTarget();

        Assert.Equal(Id("71"), expectedTarget.Inventory.FindRepo("clock_tick")!.FindBranch("master")!.Head);
        Assert.Equal(
            [$"Recomputed Commit clock_tick@{Id("72")}: (it is a cron tick that was started but not finished; pachd deletes it and continues from the tick before it)"],
            expectedTarget.Said("open-tick"));
        Assert.Empty(expectedTarget.Said("open-commit"));
    }

    [Fact]
    public async Task Its_output_is_kept_without_a_spec_that_is_not_there_yet_and_the_target_goes_on_from_there()
    {
        var output = new RepoInventory
        {
            Name = "clock",
            Commits = [Commit("c1").From("clock_tick", "72", "master").From(BranchName.SpecRepo, "spec", "clock")],
            Branches = [Branch("master", "c1").From("clock_tick", "master").From(BranchName.SpecRepo, "clock")],
        };
        var source = Clusters.Of(output, Ticks).Running(Pipeline("clock", Cron("clock")));
        var keep = new MigrationOptions { Outputs = OutputChoice.Keep };

        var expectedTarget = new Route18To19().PredictTarget(source, V1_9_12, keep);
        var stream = await StreamText.OfAsync(new Route18To19().CreateRewriter(source, V1_9_12, keep).RewriteAsync(AsyncEnumerable.Empty<Operation>()));

        Assert.Contains("1.9 commit clock@c1000000, tree tree-c1, size 7, from clock_tick@72000000 on master\n", stream, StringComparison.Ordinal);
        Assert.Contains("1.9 branch clock@master, head c1000000\n", stream, StringComparison.Ordinal);
        Assert.DoesNotContain("__spec__", stream, StringComparison.Ordinal);
        Assert.Equal(["clock"], expectedTarget.RecomputedRepos);
    }
}
