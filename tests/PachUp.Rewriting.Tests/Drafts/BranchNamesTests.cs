using PachUp.Pachyderm;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Testing;

namespace PachUp.Rewriting.Tests.Drafts;

public class BranchNamesTests
{
    [Theory]
    [InlineData("master", "master")]
    [InlineData("feat.x", "feat_x")]
    [InlineData("a-b_C9", "a-b_C9")]
    [InlineData("é", "_")]
    [InlineData("\U0001F600", "_")]
    [InlineData("", "_")]
    public void From_1_9_on_each_character_that_is_refused_becomes_an_underscore(string name, string allowed) =>
        Assert.Equal(allowed, BranchNames.For(ReleaseTraits.Of(new Release(1, 9, 0)), name));

    [Theory]
    [InlineData("feat.x")]
    [InlineData("")]
    public void Before_1_9_every_name_is_taken(string name) => Assert.Equal(name, BranchNames.For(ReleaseTraits.Of(new Release(1, 8, 8)), name));

    [Fact]
    public void A_branch_is_renamed_wherever_it_is_named()
    {
        var edges = Clusters.Pipeline("edges", Clusters.Pfs("images", "feat.x"));
        edges.OutputBranch = "out.put";
        var source = Clusters.Of(
            Clusters.Repo("derived", Clusters.Commit("d").From("images", "a", "feat.x")).With(Clusters.Branch("master", "d").From("images", "feat.x")),
            Clusters.Repo("images", Clusters.Commit("a")).With(Clusters.Branch("feat.x", "a"))).Running(edges);

        var draft = new AllowedNames().On(source, "1.9.0");

        Assert.Equal("feat_x", draft.Carried.FindRepo("images")!.Branches[0].Name);
        Assert.Equal("feat_x", draft.Carried.FindRepo("derived")!.Branches[0].DirectProvenance[0].Branch);
        Assert.Equal("feat_x", draft.Carried.FindRepo("derived")!.Commits[0].Provenance[0].Branch);
        Assert.Equal(("feat_x", "out_put"), (draft.Carried.Pipelines[0].Info.Input.Pfs.Branch, draft.Carried.Pipelines[0].Info.OutputBranch));
        Assert.Contains("Renamed Branch images@feat.x: feat.x -> feat_x", draft.Said());
    }

    [Fact]
    public void Before_1_9_nothing_is_renamed()
    {
        var source = Clusters.Of(Clusters.Repo("images", Clusters.Commit("a")).With(Clusters.Branch("feat.x", "a")));

        Assert.Empty(new AllowedNames().On(source, "1.8.8").Changes);
    }
}
