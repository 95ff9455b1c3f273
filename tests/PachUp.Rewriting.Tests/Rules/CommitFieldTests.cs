using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Rewriting.Tests.Rules;

/// <summary>The rules about what operations have no field for, or servers work out themselves.</summary>
public class CommitFieldTests
{
    private static readonly ClusterInventory Images = Clusters.Of(
        Clusters.Repo("images", Clusters.Commit("a"), Clusters.Commit("b", "a")).With(Clusters.Branch("master", "b")));

    [Fact]
    public void A_description_does_not_arrive_and_is_said_with_its_text()
    {
        var source = Clusters.Of(Clusters.Repo("images", Clusters.Commit("a") with { Description = "first" }, Clusters.Commit("b")));

        var draft = new CommitDescriptions().On(source);

        Assert.All(draft.Carried.Repos[0].Commits, commit => Assert.Equal("", commit.Description));
        Assert.Equal([$"Changed Commit images@{Clusters.Id("a")}: description \"first\" -> none"], draft.Said());
    }

    [Fact]
    public void Times_become_that_of_the_restore_except_in_what_the_target_computes()
    {
        var source = Clusters.Of(Clusters.Repo("edges"), Clusters.Repo("images", Clusters.Commit("a")), Clusters.Repo("labels"));
        var draft = Draft.Of(source, new(1, 9, 12), MigrationOptions.Default) with { OutputRepos = ["edges"] };

        Assert.Equal(
            ["Changed Repo images: creation time, started and finished times of 1 commit", "Changed Repo labels: creation time"],
            new TimesOfRestore().Apply(draft).Said());
    }

    [Theory]
    [InlineData("1.9.5", 7)]
    [InlineData("1.9.6", 0)]
    public void A_release_that_takes_sizes_from_operations_shows_none_for_older_ones(string target, long size)
    {
        var draft = new ConvertedSizes().On(Images, target);

        Assert.All(draft.Carried.Repos[0].Commits, commit => Assert.Equal(size, commit.SizeBytes));
        Assert.Equal(size == 0 ? ["Changed Repo images: the sizes that 2 commits show -> 0"] : [], draft.Said());
    }

    [Fact]
    public void The_size_of_a_repo_is_that_of_the_head_of_its_master()
    {
        var draft = new RepoSizes().On(Images with { Repos = [Images.Repos[0] with { SizeBytes = 14 }] }, "1.8.8");

        Assert.Equal(7, draft.Carried.Repos[0].SizeBytes);
        Assert.Equal(["Changed Repo images: displayed size: 14 -> 7 bytes"], draft.Said());
    }

    [Fact]
    public void A_size_that_is_right_already_is_not_mentioned() =>
        Assert.Empty(new RepoSizes().On(Images with { Repos = [Images.Repos[0] with { SizeBytes = 7 }] }, "1.8.8").Changes);

    [Theory]
    [InlineData("1.8.0", true)]
    [InlineData("1.8.8", false)]
    public void Trees_that_a_server_converts_are_not_compared(string target, bool compared)
    {
        var draft = new ConvertedTrees().On(Images, target);

        Assert.Equal(compared, draft.Comparison.CommitTrees);
        Assert.Equal(compared ? [] : ["Changed Repo images: tree hashes of 2 commits"], draft.Said());
    }

    [Fact]
    public void Headers_and_footers_are_left_out_directory_by_directory()
    {
        var commit = Clusters.Id("b");
        var source = Images with
        {
            Probes = [new FileProbe("images", "master", commit, "/cars/1", 9, "h"), new FileProbe("images", "master", commit, "/plain", 9, "h")],
            Headers = new HeaderSurvey { Directories = [new HeadedDirectory("images", commit, "/cars", 148)], Commits = [new HeadedCommit("images", commit, 464)] },
        };

        var draft = new HeadersAndFooters().On(source, "1.8.8");

        Assert.Equal([$"LeftOut File images@{commit}:/cars: header and footer of its files, 148 bytes"], draft.Said());
        Assert.Equal(464, draft.Carried.FindRepo("images")!.FindCommit(commit)!.SizeBytes);
        Assert.Equal("/plain", Assert.Single(draft.Carried.Probes).Path);
    }

    [Fact]
    public void Headers_stay_where_the_target_does_not_convert_trees()
    {
        var source = Images with { Headers = new HeaderSurvey { Directories = [new HeadedDirectory("images", Clusters.Id("b"), "/cars", 148)] } };

        Assert.Empty(new HeadersAndFooters().On(source, "1.8.0").Changes);
    }

    [Fact]
    public void Without_fields_for_provenance_commits_have_none_and_branches_keep_theirs()
    {
        var derived = Clusters.Repo("derived", Clusters.Commit("d").From("images", "a", "master")).With(Clusters.Branch("master", "d").From("images", "master"));

        var draft = new NoCommitProvenance().On(Clusters.Of(derived, Images.Repos[0]));

        Assert.Empty(draft.Carried.Repos[0].Commits[0].Provenance);
        Assert.Equal([new BranchName("images", "master")], draft.Carried.Repos[0].Branches[0].DirectProvenance.AsEnumerable());
        Assert.Equal([$"Changed Commit derived@{Clusters.Id("d")}: provenance images@{Clusters.Id("a")} dropped"], draft.Said());
    }

    [Fact]
    public void Provenance_that_names_a_carried_commit_is_kept_and_other_is_dropped_by_name()
    {
        var derived = Clusters.Repo("derived", Clusters.Commit("d").From("images", "a", "master").From("images", "gone", "master"));

        var draft = new CommitProvenance().On(Clusters.Of(derived, Images.Repos[0]));

        Assert.Equal(Clusters.Id("a"), Assert.Single(draft.Carried.Repos[0].Commits[0].Provenance).Commit);
        Assert.Equal([$"Changed Commit derived@{Clusters.Id("d")}: provenance images@{Clusters.Id("gone")} dropped"], draft.Said());
    }

    [Fact]
    public void Specs_are_committed_again_so_nothing_is_said_of_their_provenance()
    {
        var derived = Clusters.Repo("derived", Clusters.Commit("d").From(BranchName.SpecRepo, "s", "derived")).With(Clusters.Branch("master", "d").From(BranchName.SpecRepo, "derived"));

        var draft = new CommitProvenance().On(Clusters.Of(derived));

        Assert.Empty(draft.Carried.Repos[0].Branches[0].DirectProvenance);
        Assert.Empty(draft.Changes);
    }

    [Fact]
    public void A_commit_finished_without_files_cannot_be_restored_by_any_release()
    {
        var source = Clusters.Of(Clusters.Repo("images", Clusters.Commit("a"), Clusters.Commit("b", "a") with { Tree = null }).With(Clusters.Branch("master", "b")));

        foreach (var target in (string[])["1.9.0", "1.9.12"])
        {
            var draft = new TreelessCommits().On(source, target);

            Assert.Equal(Clusters.Id("a"), Assert.Single(draft.Carried.Repos[0].Commits).Id);
            Assert.Equal(Clusters.Id("a"), draft.Carried.Repos[0].Branches[0].Head);
        }
    }

    [Theory]
    [InlineData("1.9.5", false)]
    [InlineData("1.9.6", true)]
    public void A_commit_of_several_trees_travels_to_releases_that_build_commits_whole(string target, bool travels)
    {
        var source = Clusters.Of(Clusters.Repo("images", Clusters.Commit("a") with { Tree = null, Trees = ["t1", "t2"] }));

        Assert.Equal(travels ? 1 : 0, new TreelessCommits().On(source, target).Carried.Repos[0].Commits.Length);
    }

    [Theory]
    [InlineData("2c98512a3d144ab29323823975c4bf7e", true)]
    [InlineData("2c98512a3d1454b29323823975c4bf7e", false)]
    [InlineData("2c98512a3d144ab29323823975c4bf7", false)]
    [InlineData("2C98512a3d144ab29323823975c4bf7e", false)]
    [InlineData("master", false)]
    public void A_commit_travels_where_its_id_is_one_that_pachd_makes(string id, bool travels)
    {
        var source = Clusters.Of(new RepoInventory { Name = "images", Commits = [new CommitInventory { Id = id, Finished = DateTimeOffset.UnixEpoch, Tree = "t" }] });

        Assert.Equal(travels ? 1 : 0, new UnaddressableCommits().On(source).Carried.Repos[0].Commits.Length);
    }
}
