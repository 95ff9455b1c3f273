using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Testing;
using PachUp.Verification.LateWrites;

namespace PachUp.Verification.Tests.LateWrites;

/// <summary>What users write to a source is late; what its pipelines and its clock write is not.</summary>
public class LateWriteComparisonTests
{
    private static readonly PipelineInfo Edges = Clusters.Pipeline("edges", Clusters.Pfs("images"));
    private static readonly PipelineInfo Ticker = Clusters.Pipeline("ticker", Clusters.Cron("ticker"));

    private static readonly RepoInventory Images = Clusters.Repo("images", Clusters.Commit("a")).With(Clusters.Branch("master", "a"));

    private static readonly RepoInventory Output =
        Clusters.Repo("edges", Clusters.Commit("out").From("images", "a", "master")).With(Clusters.Branch("master", "out").From("images", "master"));

    private static readonly RepoInventory Ticks = Clusters.Repo("ticker_tick", Clusters.Commit("t")).With(Clusters.Branch("master", "t"));

    private static readonly ClusterInventory Before = Clusters.Of(Output, Images, Ticks).Running(Edges, Ticker);

    [Fact]
    public void A_source_that_did_not_change_has_no_late_writes()
    {
        var report = Compare(Before);

        Assert.False(report.IsFound);
        Assert.Equal("nothing was written to the source after the extract", report.Sentence);
    }

    [Fact]
    public void A_commit_is_named_and_so_is_the_branch_that_it_moves()
    {
        var report = Compare(With(Images with { Commits = [.. Images.Commits, Clusters.Commit("b", "a")], Branches = [Clusters.Branch("master", "b")] }));

        Assert.Equal(
            [$"new commit images@{Clusters.Id("b")}", $"changed branch images@master: head: {Clusters.Id("a")[..12]} -> {Clusters.Id("b")[..12]}"],
            report.Writes.Select(write => write.Text));
        Assert.Equal("1 branch, 1 commit", report.Counts);
    }

    [Fact]
    public void New_repos_branches_and_pipelines_are_late_writes()
    {
        var blur = Clusters.Pipeline("blur", Clusters.Pfs("images"));
        var now = Clusters.Of(
            Clusters.Repo("blur", Clusters.Open("blurred").From("images", "a", "master")).With(Clusters.Branch("master", "blurred").From("images", "master")),
            Output,
            Images with { Branches = [Clusters.Branch("dev", "a"), .. Images.Branches] },
            Clusters.Repo("labels"),
            Ticks).Running(Edges, Ticker, blur);

        var report = Compare(now);

        Assert.Equal(["new repo blur", "new repo labels", "new branch images@dev", "new pipeline blur"], report.Writes.Select(write => write.Text));
        Assert.Equal(["blur@master", $"blur@{Clusters.Id("blurred")}"], report.ComputedAgain.Select(item => item.Name));
    }

    [Fact]
    public void What_pipelines_compute_is_no_late_write()
    {
        var report = Compare(With(Output with
        {
            Commits = [.. Output.Commits, Clusters.Open("next", "out").From("images", "a", "master")],
            Branches = [Clusters.Branch("master", "next").From("images", "master")],
        }));

        Assert.False(report.IsFound);
        Assert.Equal(2, report.ComputedAgain.Length);
    }

    [Fact]
    public void The_end_of_a_job_is_no_late_write()
    {
        var working = With(Output with { Commits = [Clusters.Open("out").From("images", "a", "master")] });

        Assert.False(new LateWriteComparison(working, Before).Compare(DateTimeOffset.UnixEpoch).IsFound);
    }

    [Fact]
    public void A_commit_that_a_user_puts_into_the_output_of_a_pipeline_is_a_late_write()
    {
        var report = Compare(With(Output with { Commits = [.. Output.Commits, Clusters.Commit("mine", "out")] }));

        Assert.Equal($"new commit edges@{Clusters.Id("mine")}", Assert.Single(report.Writes).Text);
    }

    [Fact]
    public void Ticks_are_no_late_writes_and_neither_is_a_tick_that_the_server_takes_back()
    {
        var ticked = With(Ticks with { Commits = [.. Ticks.Commits, Clusters.Open("u", "t")], Branches = [Clusters.Branch("master", "u")] });

        Assert.False(Compare(ticked).IsFound);
        Assert.Equal(2, Compare(ticked).Ticks.Length);
        Assert.False(new LateWriteComparison(ticked, Before).Compare(DateTimeOffset.UnixEpoch).IsFound);
    }

    [Fact]
    public void The_ticks_of_a_new_pipeline_come_with_it()
    {
        var before = Clusters.Of(Output, Images).Running(Edges);

        var report = new LateWriteComparison(before, Before).Compare(DateTimeOffset.UnixEpoch);

        Assert.Equal(
            ["new repo ticker_tick", "new branch ticker_tick@master", $"new commit ticker_tick@{Clusters.Id("t")}", "new pipeline ticker"],
            report.Writes.Select(write => write.Text));
    }

    [Fact]
    public void An_open_commit_is_a_late_write_once()
    {
        var open = With(Images with { Commits = [.. Images.Commits, Clusters.Open("b", "a")], Branches = [Clusters.Branch("master", "b")] });

        Assert.Equal($"new commit images@{Clusters.Id("b")}", Assert.Single(Compare(open).Writes).Text);
        Assert.False(new LateWriteComparison(open, open).Compare(DateTimeOffset.UnixEpoch).IsFound);
    }

    [Fact]
    public void A_commit_that_was_open_at_the_extract_is_a_late_write_when_it_is_finished()
    {
        var open = With(Images with { Commits = [Clusters.Open("a")] });

        var report = new LateWriteComparison(open, Before).Compare(DateTimeOffset.UnixEpoch);

        Assert.Equal(LateWriteKind.Changed, Assert.Single(report.Writes).Kind);
        Assert.Contains("state: open -> finished", report.Writes[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_that_was_open_at_the_extract_and_is_deleted_is_no_late_write()
    {
        var open = With(Images with { Commits = [.. Images.Commits, Clusters.Open("b", "a")], Branches = [Clusters.Branch("master", "b")] });

        Assert.False(new LateWriteComparison(open, Before).Compare(DateTimeOffset.UnixEpoch).IsFound);
    }

    [Fact]
    public void What_is_deleted_moved_or_updated_is_a_late_write()
    {
        var two = With(Images with { Commits = [.. Images.Commits, Clusters.Commit("b", "a")], Branches = [Clusters.Branch("master", "b")] });
        var updated = Edges.Clone();
        updated.Transform.Image = "ubuntu:18.04";
        var now = Clusters.Of(Output, two.FindRepo("images")! with { Branches = [Clusters.Branch("master", "a")] }).Running(updated);

        var report = new LateWriteComparison(two, now).Compare(DateTimeOffset.UnixEpoch);

        Assert.Contains($"changed branch images@master: head: {Clusters.Id("b")[..12]} -> {Clusters.Id("a")[..12]}", report.Writes.Select(write => write.Text));
        Assert.Contains(report.Writes, write => write.Text.StartsWith("changed pipeline edges: transform", StringComparison.Ordinal));
        Assert.Contains("deleted pipeline ticker", report.Writes.Select(write => write.Text));
        Assert.Contains("deleted repo ticker_tick", report.Writes.Select(write => write.Text));
    }

    [Fact]
    public void The_commits_that_the_server_opens_on_a_derived_branch_are_no_late_writes()
    {
        var derived = Clusters.Repo("views", Clusters.Open("v1").From("images", "a", "master")).With(Clusters.Branch("master", "v1").From("images", "master"));
        var before = Clusters.Of(Images, derived);
        var now = Clusters.Of(Images, derived with
        {
            Commits = [.. derived.Commits, Clusters.Open("v2", "v1").From("images", "a", "master")],
            Branches = [Clusters.Branch("master", "v2").From("images", "master")],
        });

        Assert.False(new LateWriteComparison(before, now).Compare(DateTimeOffset.UnixEpoch).IsFound);
    }

    [Fact]
    public void A_long_list_of_names_is_cut_in_the_sentence_and_nowhere_else()
    {
        var many = Enumerable.Range(0, 30).Select(number => Clusters.Commit($"c{number:00}", "a"));

        var report = Compare(With(Images with { Commits = [.. Images.Commits, .. many] }));

        Assert.Equal(30, report.Writes.Length);
        Assert.StartsWith("the source was written to after the extract, and the target does not have it: 30 commits (new commit images@c00", report.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(" and 25 more)", report.Sentence, StringComparison.Ordinal);
    }

    private static LateWriteReport Compare(ClusterInventory now) => new LateWriteComparison(Before, now).Compare(DateTimeOffset.UnixEpoch);

    private static ClusterInventory With(RepoInventory changed) =>
        Before with { Repos = [.. Before.Repos.Select(repo => repo.Name == changed.Name ? changed : repo)] };
}
