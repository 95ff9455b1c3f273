using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Testing;

namespace PachUp.Pachyderm.Tests.Inventories;

public class PipelineInputsTests
{
    private static Input Nested(Input input) => new() { Union = { new Input { Cross = { new Input { Join = { new Input { Group = { input } } } } } } } };

    [Fact]
    public void An_input_is_found_however_deep_it_is() =>
        Assert.Equal(["images"], PipelineInputs.Repos(Clusters.Pipeline("edges", Nested(Clusters.Pfs("images")))));

    [Fact]
    public void The_inner_inputs_come_before_those_that_contain_them()
    {
        var cross = new Input { Cross = { Clusters.Pfs("a"), Clusters.Pfs("b") } };
        var whole = new Input { Union = { cross, Clusters.Pfs("c") } };

        Assert.Equal([cross.Cross[0], cross.Cross[1], cross, whole.Union[1], whole], PipelineInputs.All(whole));
        Assert.Empty(PipelineInputs.All(null));
    }

    [Fact]
    public void A_repo_that_is_read_twice_is_named_once() =>
        Assert.Equal(["images"], PipelineInputs.Repos(Clusters.Pipeline("edges", Clusters.Pfs("images", "a"), Clusters.Pfs("images", "b"))));

    [Fact]
    public void Repos_that_the_pipeline_makes_itself_are_not_among_those_that_it_reads() =>
        Assert.Empty(PipelineInputs.Repos(Clusters.Pipeline("ticker", Clusters.Cron("ticker"))));

    [Fact]
    public void Output_is_computed_from_branches_ticks_and_pushes_alike()
    {
        var git = new Input { Git = new GitInput { Name = "code", Branch = "main", Url = "https://git.example/code.git" } };

        var branches = PipelineInputs.Branches(Clusters.Pipeline("edges", Clusters.Pfs("images", "dev"), Clusters.Cron("edges"), git));

        Assert.Equal([new BranchName("images", "dev"), new BranchName("edges_tick", "master"), new BranchName("code", "main")], branches);
    }

    [Theory]
    [InlineData("", "ticker_tick")]
    [InlineData("mine", "mine")]
    public void The_repo_of_a_cron_input_is_named_by_the_server_unless_the_spec_names_it(string repo, string expected) =>
        Assert.Equal(expected, PipelineInputs.RepoOf(Clusters.Pipeline("ticker"), new CronInput { Name = "tick", Repo = repo }));
}
