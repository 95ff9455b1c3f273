using System.Collections.Immutable;
using PachUp.Engine.Runs.Reports;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Verification.Files;

namespace PachUp.Engine.Tests.Runs.Reports;

public class KindTallyTests
{
    private static readonly ClusterInventory Source = new()
    {
        Release = new Release(1, 8, 7),
        ClusterId = "0f3a",
        Repos = [Repo("edges", 74), Repo("images", 8)],
        Pipelines = [.. new[] { "edges", "ticker" }.Select(name => new PipelineInventory { Name = name, Info = new PipelineInfo() })],
    };

    [Fact]
    public void What_was_on_the_source_is_the_sum_of_what_became_of_it()
    {
        var tally = TallyOf(ItemKind.Commit, new KindCount(ItemKind.Commit, 5, 6), Report with { Lost = [new InventoryItem(ItemKind.Commit, "images@3")] });

        Assert.Equal("82 commits: 5 arrived, 74 computed again, 2 left out as announced, 1 lost", tally.Sentence);
        Assert.Equal(tally.Before, tally.Arrived + tally.Recomputed + tally.LeftOut + tally.AtResume + tally.NotCompared + tally.Lost + tally.Different);
    }

    [Fact]
    public void Commits_that_nothing_was_announced_about_are_not_said_to_be_computed_again() => Assert.Equal(
        "82 commits: 1 arrived, 74 computed again, 2 left out as announced, 5 not compared, 0 lost",
        TallyOf(ItemKind.Commit, new KindCount(ItemKind.Commit, 1, 1), Report).Sentence);

    [Fact]
    public void Pipelines_that_the_last_step_makes_are_not_lost() => Assert.Equal(
        "2 pipelines: 1 arrived, 1 made by the last step, 0 lost",
        TallyOf(ItemKind.Pipeline, new KindCount(ItemKind.Pipeline, 1, 1), Report with { PipelinesAtResume = 1 }).Sentence);

    [Fact]
    public void Of_objects_the_source_has_as_many_as_were_expected() =>
        Assert.Equal("9 objects: 7 arrived, 2 lost", TallyOf(ItemKind.Object, new KindCount(ItemKind.Object, 7, 9), Report).Sentence);

    [Fact]
    public void Items_that_the_plan_makes_are_told() =>
        Assert.Equal("2 repos: 3 arrived, 0 lost, 1 of these made by the plan", TallyOf(ItemKind.Repo, new KindCount(ItemKind.Repo, 3, 3), Report).Sentence);

    [Fact]
    public void Objects_that_could_not_be_listed_are_told_with_their_number_if_it_is_known()
    {
        var tallies = KindTally.Of(Report, Source with { Objects = 12 }, []);

        Assert.Equal(["12 objects: not compared", "tags: not compared"], tallies.Select(tally => tally.Sentence));
        Assert.Equal([12, null], tallies.Select(tally => tally.NotCompared));
    }

    [Fact]
    public void Files_that_were_listed_and_not_read_are_told() => Assert.Equal(
        "12 files: 9 arrived, 3 not compared, 0 lost",
        TallyOf(ItemKind.File, new KindCount(ItemKind.File, 9, 9), Report with { Files = [new FilesCompared { NotRead = 3 }] }).Sentence);

    [Fact]
    public void A_run_without_verification_has_no_table() => Assert.Empty(KindTally.Of(null, Source, []));

    private static VerificationReport Report => new() { Counts = [] };

    private static KindTally TallyOf(ItemKind kind, KindCount count, VerificationReport report)
    {
        ImmutableArray<AnnouncedChange> changes =
        [
            new(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "images@1"), "open-commit", ""),
            new(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "images@2"), "open-commit", ""),
            new(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "all commits", "their times"), "times", ""),
            new(ChangeKind.Recomputed, new InventoryItem(ItemKind.Repo, "edges"), "output-repo", ""),
        ];
        return Assert.Single(KindTally.Of(report with { Counts = [count], Announced = changes }, Source, changes), tally => tally.Kind == kind);
    }

    private static RepoInventory Repo(string name, int commits) => new()
    {
        Name = name,
        Commits = [.. Enumerable.Range(1, commits).Select(number => new CommitInventory { Id = $"{number}" })],
    };
}
