using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;
using PachUp.Testing;

namespace PachUp.Rewriting.Tests.Drafts;

public class CommitRemovalTests
{
    private static readonly CommitRemoval WithoutOpen = new("open", commit => commit.IsOpen, "it is open");

    [Fact]
    public void A_commit_goes_with_all_that_descends_from_it_and_branches_go_back_to_what_stays()
    {
        var repo = Clusters.Repo("images", Clusters.Commit("a"), Clusters.Open("b", "a"), Clusters.Commit("c", "b"), Clusters.Commit("d"))
            .With(Clusters.Branch("dev", "d"), Clusters.Branch("master", "c"));

        var draft = Remove(repo);

        Assert.Equal([Clusters.Id("a"), Clusters.Id("d")], draft.Carried.Repos[0].Commits.Select(commit => commit.Id));
        Assert.Equal([Clusters.Id("d"), Clusters.Id("a")], draft.Carried.Repos[0].Branches.Select(branch => branch.Head));
        Assert.Equal(
            ["it is open", $"its ancestor {Clusters.Id("b")} is left out: it is open", "its head is left out"], draft.Changes.Select(change => change.Why));
    }

    [Fact]
    public void A_branch_of_which_nothing_stays_has_no_head() =>
        Assert.Null(Remove(Clusters.Repo("images", Clusters.Open("a")).With(Clusters.Branch("master", "a"))).Carried.Repos[0].Branches[0].Head);

    [Fact]
    public void A_repo_of_which_everything_stays_is_not_changed()
    {
        var repo = Clusters.Repo("images", Clusters.Commit("a")).With(Clusters.Branch("master", "a"));

        var draft = Remove(repo);

        Assert.Same(repo, draft.Carried.Repos[0]);
        Assert.Empty(draft.Changes);
    }

    [Fact]
    public void A_file_that_was_read_of_a_head_that_goes_is_not_expected()
    {
        var repo = Clusters.Repo("images", Clusters.Open("a"), Clusters.Commit("d")).With(Clusters.Branch("dev", "d"), Clusters.Branch("master", "a"));
        FileProbe Probe(string branch, string commit) => new("images", branch, Clusters.Id(commit), "/1", 1, "hash");

        var draft = WithoutOpen.Apply(Draft.Of(Clusters.Of(repo) with { Probes = [Probe("dev", "d"), Probe("master", "a")] }, new(1, 9, 12), MigrationOptions.Default));

        Assert.Equal("dev", Assert.Single(draft.Carried.Probes).Branch);
    }

    [Fact]
    public void A_history_that_is_longer_than_any_stack_is_walked()
    {
        var commits = Enumerable.Range(0, 100_000).Select(number => new CommitInventory
        {
            Id = $"{number}",
            Parent = number == 0 ? null : $"{number - 1}",
            Finished = number == 0 ? null : DateTimeOffset.UnixEpoch,
        });

        Assert.Empty(Remove(new RepoInventory { Name = "images", Commits = [.. commits] }).Carried.Repos[0].Commits);
    }

    private static Draft Remove(RepoInventory repo) => WithoutOpen.Apply(Draft.Of(Clusters.Of(repo), new(1, 9, 12), MigrationOptions.Default));
}
