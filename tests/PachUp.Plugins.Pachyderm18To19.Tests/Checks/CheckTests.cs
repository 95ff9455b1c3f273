using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Testing;
using static PachUp.Plugins.Pachyderm18To19.Tests.Route;
using static PachUp.Testing.Clusters;

namespace PachUp.Plugins.Pachyderm18To19.Tests.Checks;

public class CheckTests
{
    [Fact]
    public async Task Nothing_is_found_in_a_plain_cluster()
    {
        var source = Clusters.Of(Repo("edges"), Repo("images", Commit("a1")).With(Branch("master", "a1"), Branch("dev"))).Running(Pipeline("edges", Pfs("images")));

        foreach (var check in new Route18To19().Checks)
        {
            Assert.Equal(CheckOutcome.Passed, (await AskAsync(check.Name, source)).Outcome);
        }
    }

    [Fact]
    public async Task Names_that_would_become_one_are_refused_by_both_names()
    {
        var result = await AskAsync("names-collide", Clusters.Of(Repo("images").With(Branch("feat.x"), Branch("feat_x"), Branch("master"))));

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal(["repo images: \"feat.x\" and \"feat_x\" would become \"feat_x\""], result.Items.AsEnumerable());
        Assert.Equal("1.9 allows letters, digits, underscores and dashes in branch names; with the other characters replaced, different branches would become one", result.Found);
    }

    [Fact]
    public async Task Names_that_meet_in_an_output_repo_do_not_matter()
    {
        var source = Clusters.Of(Repo("edges").With(Branch("feat.x"), Branch("feat_x")), Repo("images")).Running(Pipeline("edges", Pfs("images")));

        Assert.Equal(CheckOutcome.Passed, (await AskAsync("names-collide", source)).Outcome);
    }

    [Fact]
    public async Task Open_commits_are_a_warning_that_names_them()
    {
        var result = await AskAsync("open-commits", Clusters.Of(Repo("images", Open("a1"), Commit("a2", "a1"))));

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal([$"images@{Id("a1")}", $"images@{Id("a2")}"], result.Items.AsEnumerable());
        Assert.Equal("2 commits will be missing on the target: they are open, or descend from an open commit", result.Found);
    }

    [Fact]
    public async Task Open_output_commits_are_no_warning()
    {
        var source = Clusters.Of(Repo("edges", Open("e1").From("images", "a1", "master")), Repo("images", Commit("a1"))).Running(Pipeline("edges", Pfs("images")));

        Assert.Equal(CheckOutcome.Passed, (await AskAsync("open-commits", source)).Outcome);
    }

    [Fact]
    public async Task Treeless_commits_are_a_warning_where_the_target_cannot_take_them()
    {
        var source = Clusters.Of(Repo("plain", Commit("a1") with { Tree = null, Trees = ["t"] }));

        var result = await AskAsync("treeless-commits", source, V1_9_0);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal([$"plain@{Id("a1")}"], result.Items.AsEnumerable());
        Assert.Equal(CheckOutcome.Passed, (await AskAsync("treeless-commits", source, V1_9_12)).Outcome);
    }

    [Fact]
    public async Task Output_made_by_hand_is_a_warning_that_names_it()
    {
        var source = Clusters.Of(Repo("edges", Commit("e1")), Repo("images")).Running(Pipeline("edges", Pfs("images")));

        var result = await AskAsync("output-made-by-hand", source);

        Assert.Equal(CheckOutcome.Warning, result.Outcome);
        Assert.Equal([$"edges@{Id("e1")}"], result.Items.AsEnumerable());
    }

    [Theory]
    [InlineData(OutputChoice.Recompute, "1.9.0", CheckOutcome.Passed)]
    [InlineData(OutputChoice.Keep, "1.9.0", CheckOutcome.Warning)]
    [InlineData(OutputChoice.Keep, "1.9.5", CheckOutcome.Warning)]
    [InlineData(OutputChoice.Keep, "1.9.6", CheckOutcome.Passed)]
    public async Task Output_that_cannot_be_kept_although_it_was_chosen_is_a_warning(OutputChoice outputs, string target, CheckOutcome outcome)
    {
        var source = Clusters.Of(Repo("edges", Commit("e1").From("images", "a1", "master")), Repo("images")).Running(Pipeline("edges", Pfs("images")));

        var result = await AskAsync("outputs-kept", source, Release.Parse(target), outputs);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == CheckOutcome.Warning ? ["repo edges: 1 finished commit on master, 7 bytes"] : [], result.Items.AsEnumerable());
    }

    public static TheoryData<Action<PipelineInfo>, string> RefusedSpecs => new()
    {
        { pipeline => pipeline.HashtreeSpec = new HashtreeSpec(), "hashtree_spec.constant must be more than 0" },
        { pipeline => pipeline.PodSpec = "{not json", "pod_spec is not JSON" },
        { pipeline => pipeline.PodPatch = "{not json", "pod_patch is not JSON" },
        { pipeline => pipeline.ParallelismSpec = new ParallelismSpec { Constant = 1, Coefficient = 2 }, "parallelism_spec has both a constant and a coefficient" },
        { pipeline => pipeline.ParallelismSpec = new ParallelismSpec { Coefficient = -1 }, "parallelism_spec.coefficient is negative" },
        { pipeline => pipeline.Input.Pfs.Repo = "gone", "its input repo \"gone\" does not exist" },
    };

    [Theory]
    [MemberData(nameof(RefusedSpecs), DisableDiscoveryEnumeration = true)]
    public async Task A_pipeline_that_1_9_refuses_is_refused_by_name_and_reason(Action<PipelineInfo> spoil, string reason)
    {
        var pipeline = Pipeline("edges", Pfs("images"));
        spoil(pipeline);

        var result = await AskAsync("pipelines-refused", Clusters.Of(Repo("edges"), Repo("images")).Running(pipeline));

        Assert.Equal(CheckOutcome.Refused, result.Outcome);
        Assert.Equal([$"pipeline edges: {reason}"], result.Items.AsEnumerable());
    }

    private static Task<CheckResult> AskAsync(string check, ClusterInventory source, Release? target = null, OutputChoice outputs = OutputChoice.Recompute) =>
        new Route18To19().Checks.Single(candidate => candidate.Name == check).AskAsync(
            new InventoryContext(new Route18To19(), source, target ?? V1_9_0) { Options = new MigrationOptions { Outputs = outputs } }, CancellationToken.None);
}
