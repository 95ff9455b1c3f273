using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Rewriting.Tests.Rules;

/// <summary>The rules about what pipelines have computed, and about the pipelines as a whole.</summary>
public class OutputRuleTests
{
    private static readonly MigrationOptions Keeping = new() { Outputs = OutputChoice.Keep };

    [Fact]
    public void Output_repos_are_left_to_the_target()
    {
        var draft = new OutputRepos().On(WithOutput(Clusters.Commit("e1").From(BranchName.SpecRepo, "s", "edges")));

        var edges = draft.Carried.FindRepo("edges")!;
        Assert.Empty(edges.Commits);
        Assert.Empty(edges.Branches);
        Assert.Equal(["edges"], draft.OutputRepos);
        Assert.Equal(["Recomputed Repo edges: 1 finished commit on master, 7 bytes"], draft.Said());
    }

    [Fact]
    public void What_people_put_into_an_output_repo_is_left_out_by_name()
    {
        var draft = new OutputRepos().On(WithOutput(Clusters.Commit("hand")));

        Assert.Contains($"LeftOut Commit edges@{Clusters.Id("hand")}", draft.Said());
    }

    [Fact]
    public void A_branch_that_no_pipeline_made_in_an_output_repo_is_left_out_by_name()
    {
        var source = WithOutput(Clusters.Commit("e1").From(BranchName.SpecRepo, "s", "edges"));
        var edges = source.FindRepo("edges")!;

        var draft = new OutputRepos().On(source with { Repos = [edges.With([.. edges.Branches, Clusters.Branch("mine", "e1")]), source.FindRepo("images")!] });

        Assert.Contains("LeftOut Branch edges@mine", draft.Said());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void What_a_spout_put_out_is_carried_as_soon_as_it_has_finished_something(bool isOpen, bool isComputed)
    {
        var spout = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        spout.Spout = new Spout();
        var source = Clusters.Of(Clusters.Repo("edges", isOpen ? Clusters.Open("e") : Clusters.Commit("e"))).Running(spout);

        Assert.Equal(isComputed, OutputRepos.IsComputed(source, "edges"));
    }

    [Theory]
    [InlineData("1.9.5", false)]
    [InlineData("1.9.6", true)]
    public void Output_is_kept_where_that_is_chosen_and_the_target_builds_commits_whole(string target, bool isKept)
    {
        var source = WithOutput(Clusters.Commit("e1").From("images", "i1", "master"));

        var draft = new KeptOutputs(otherwise: new OutputRepos()).On(source, target, Keeping);

        Assert.Equal(isKept ? 1 : 0, draft.Carried.FindRepo("edges")!.Commits.Length);
        Assert.Equal(isKept ? ["edges"] : [], draft.KeptOutputs);
        Assert.Equal(isKept ? [] : ["edges"], draft.OutputRepos);
    }

    [Fact]
    public void Kept_output_leaves_out_what_is_open_or_empty_and_hangs_its_children_elsewhere()
    {
        var source = WithOutput(
            Clusters.Open("e4", "e3"), Clusters.Commit("e3", "e2"), Clusters.Commit("e2", "e1") with { Tree = null }, Clusters.Commit("e1"));

        var draft = new KeptOutputs(otherwise: new OutputRepos()).On(source, options: Keeping);

        var kept = draft.Carried.FindRepo("edges")!;
        Assert.Equal([Clusters.Id("e3"), Clusters.Id("e1")], kept.Commits.Select(commit => commit.Id));
        Assert.Equal(Clusters.Id("e1"), kept.Commits[0].Parent);
        Assert.Equal(Clusters.Id("e3"), kept.Branches[0].Head);
        Assert.Equal(
            [
                "Kept Repo edges: 2 finished commits on master, 14 bytes",
                $"LeftOut Commit edges@{Clusters.Id("e2")}",
                $"Recomputed Commit edges@{Clusters.Id("e4")}",
                $"Changed Commit edges@{Clusters.Id("e3")}: parent {Clusters.Id("e2")} -> {Clusters.Id("e1")}",
            ],
            draft.Said());
    }

    [Theory]
    [InlineData(false, "images@master, __spec__@edges")]
    [InlineData(true, "")]
    public void A_branch_of_kept_output_is_computed_from_the_inputs_of_its_pipeline_unless_that_is_stopped(bool stopped, string provenance)
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        edges.Stopped = stopped;
        var source = WithOutput(edges, Clusters.Commit("e1"));

        var draft = new KeptOutputBranches().Apply(new KeptOutputs(otherwise: new OutputRepos()).On(source, options: Keeping));

        var branch = draft.Carried.FindRepo("edges")!.Branches[0];
        Assert.Equal(provenance.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order(), branch.DirectProvenance.Select(origin => origin.ToString()).Order());
    }

    [Theory]
    [InlineData("1.9.0", 1)]
    [InlineData("1.9.12", 0)]
    public void The_branch_of_a_running_spout_has_its_spec_as_provenance_in_early_releases(string target, int provenance)
    {
        var spout = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        spout.Spout = new Spout();

        var draft = new SpoutBranches().On(WithOutput(spout, Clusters.Commit("e1")), target);

        Assert.Equal(provenance, draft.Carried.FindRepo("edges")!.Branches[0].DirectProvenance.Length);
    }

    [Fact]
    public void A_branch_whose_head_is_not_computed_from_the_heads_of_its_provenance_is_opened_again()
    {
        var derived = Clusters.Repo("derived", Clusters.Commit("d").From("images", "old", "master")).With(Clusters.Branch("master", "d").From("images", "master"));
        var images = Clusters.Repo("images", Clusters.Commit("old"), Clusters.Commit("new", "old")).With(Clusters.Branch("master", "new"));

        var draft = new DerivedHeads().On(Clusters.Of(derived, images));

        Assert.Equal([new BranchName("derived", "master")], draft.RenewedBranches);
        Assert.Equal(["Recomputed Branch derived@master"], draft.Said());
    }

    [Fact]
    public void A_branch_whose_head_is_computed_from_the_heads_of_its_provenance_stays()
    {
        var derived = Clusters.Repo("derived", Clusters.Commit("d").From("images", "new", "master")).With(Clusters.Branch("master", "d").From("images", "master"));
        var images = Clusters.Repo("images", Clusters.Commit("new")).With(Clusters.Branch("master", "new"));

        Assert.Empty(new DerivedHeads().On(Clusters.Of(derived, images)).RenewedBranches);
    }

    [Fact]
    public void Every_pipeline_gets_a_new_salt_and_salts_are_not_compared()
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        edges.Salt = "old";

        var draft = new NewSalts { Why = "results have another form" }.On(WithOutput(edges, Clusters.Commit("e1")));

        Assert.Equal("", draft.Carried.Pipelines[0].Info.Salt);
        Assert.False(draft.Comparison.Salts);
        Assert.Equal("results have another form", Assert.Single(draft.Changes).Why);
    }

    [Theory]
    [InlineData(1, "creation time")]
    [InlineData(2, "version 2 -> 1, creation time, 1 earlier spec left out")]
    [InlineData(4, "version 4 -> 1, creation time, 3 earlier specs left out")]
    public void A_pipeline_begins_again_at_version_1(ulong version, string detail)
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
        edges.Version = version;

        Assert.Equal([$"Changed Pipeline edges: {detail}"], new PipelineHistory().On(WithOutput(edges, Clusters.Commit("e1"))).Said());
    }

    [Fact]
    public void Jobs_are_left_out_where_there_are_pipelines()
    {
        Assert.Equal(["LeftOut Pipeline all pipelines: their jobs and logs"], new Jobs().On(WithOutput(Clusters.Commit("e1"))).Said());
        Assert.Empty(new Jobs().On(Clusters.Of(Clusters.Repo("images"))).Changes);
    }

    [Theory]
    [InlineData("1.8.8", true, true)]
    [InlineData("1.8.8", false, false)]
    public void Results_of_datums_stay_behind_where_content_is_sent_as_objects(string target, bool objects, bool stayBehind)
    {
        var source = WithOutput(Clusters.Commit("e1")) with { Tags = 5 };

        var draft = new DatumTags().On(source, target, new MigrationOptions { CarriesObjects = objects });

        Assert.Equal(stayBehind ? null : 5L, draft.Carried.Tags);
        Assert.Equal(stayBehind ? ["LeftOut Tag all datums: their results"] : [], draft.Said());
    }

    [Fact]
    public void A_tick_of_the_old_form_gets_one_of_the_new_form_on_top_where_a_release_names_ticks_by_time()
    {
        var source = Clusters.Of(Clusters.Repo("ticker_tick", Clusters.Commit("t")).With(Clusters.Branch("master", "t")))
            .Running(Clusters.Pipeline("ticker", Clusters.Cron("ticker")));

        Assert.Equal(
            ["Recomputed Branch ticker_tick@master: one more commit: a tick in the new format replaces /time"], new TickForms().On(source, "1.8.8").Said());
        Assert.Empty(new TickForms().On(source with { Repos = [Clusters.Repo("ticker_tick")] }, "1.8.8").Changes);
    }

    [Fact]
    public void An_open_tick_is_made_again_and_the_branch_goes_back_to_the_one_before()
    {
        var source = Clusters.Of(Clusters.Repo("ticker_tick", Clusters.Commit("t1"), Clusters.Open("t2", "t1")).With(Clusters.Branch("master", "t2")))
            .Running(Clusters.Pipeline("ticker", Clusters.Cron("ticker")));

        var draft = new OpenCommits().On(source);

        Assert.Equal([$"Recomputed Commit ticker_tick@{Clusters.Id("t2")}"], draft.Said());
        Assert.Equal(Clusters.Id("t1"), draft.Carried.Repos[0].Branches[0].Head);
    }

    private static ClusterInventory WithOutput(params CommitInventory[] outputs) => WithOutput(Clusters.Pipeline("edges", Clusters.Pfs("images")), outputs);

    /// <summary>A pipeline, the repo that it reads, and its output, whose head is the first of some commits.</summary>
    private static ClusterInventory WithOutput(PipelineInfo pipeline, params CommitInventory[] outputs) => Clusters
        .Of(
            Clusters.Repo("edges", outputs) with { Branches = [new BranchInventory { Name = "master", Head = outputs[0].Id }] },
            Clusters.Repo("images", Clusters.Commit("i1")).With(Clusters.Branch("master", "i1")))
        .Running(pipeline);
}
