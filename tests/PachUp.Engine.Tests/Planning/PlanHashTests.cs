using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Tests.Planning;

/// <summary>The hash covers the content of a plan, but not values that change while the user reads it.</summary>
public sealed class PlanHashTests
{
    private static readonly PlanPreview Plan = new()
    {
        PlanName = "plan",
        Description = "",
        PlanSha256 = new string('a', 64),
        Source = new ClusterFacts("old:30650", "--source", "external", new Release(1, 8, 7), "0f3a", new ClusterContents(2, 3, 17, 1, 4096)),
        Target = new ClusterFacts("new:30650", "--target", "external", new Release(1, 9, 0), "77b1", Contents: null),
        IsInPlace = false,
        TargetRelease = new Release(1, 9, 0),
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("archive", "a.pachx"),
        Findings = [Found("open-commits", CheckOutcome.Passed)],
        Changes = [Change(ChangeKind.Renamed, ItemKind.Branch, "images@feat.x")],
        Steps = [new PlannedStep("pause", "pachyderm/pause", new StepPreview("Stops 1 pipeline") { Effects = [new Effect("stop", "pipeline edges")] }, IsRevertible: true)],
    };

    public static TheoryData<string, PlanPreview> Promises => new()
    {
        { "the plan", Plan with { PlanSha256 = new string('b', 64) } },
        { "the source's address", Plan with { Source = Plan.Source with { Address = "other:30650" } } },
        { "the source's id", Plan with { Source = Plan.Source with { ClusterId = "1234" } } },
        { "the source's release", Plan with { Source = Plan.Source with { Release = new Release(1, 8, 8) } } },
        { "the target's address", Plan with { Target = Plan.Target with { Address = "other:30650" } } },
        { "the target's id", Plan with { Target = Plan.Target with { ClusterId = "1234" } } },
        { "the release that is moved to", Plan with { TargetRelease = new Release(1, 9, 12) } },
        { "the backup", Plan with { Backup = new BackupFacts("b.pachx", "abcd", DateTimeOffset.UnixEpoch) } },
        { "a parameter", Plan with { Parameters = Plan.Parameters.SetItem("archive", "b.pachx") } },
        { "how a check came out", Plan with { Findings = [Found("open-commits", CheckOutcome.Warning)] } },
        { "another check", Plan with { Findings = Plan.Findings.Add(Found("spouts", CheckOutcome.Passed)) } },
        { "something left out", Plan with { Changes = Plan.Changes.Add(Change(ChangeKind.LeftOut, ItemKind.Commit, "images@1")) } },
        { "a pipeline that is changed", Plan with { Changes = Plan.Changes.Add(Change(ChangeKind.Changed, ItemKind.Pipeline, "edges")) } },
        { "a branch that is changed", Plan with { Changes = Plan.Changes.Add(Change(ChangeKind.Changed, ItemKind.Branch, "images@x")) } },
        { "what a step touches", Plan with { Steps = [WithPreview(new StepPreview("") { Effects = [new Effect("stop", "pipeline montage")] })] } },
        { "what a step asks", Plan with { Steps = [WithPreview(new StepPreview(Plan.Steps[0].Preview.Summary) { Effects = Plan.Steps[0].Preview.Effects, Confirmation = "Has everybody been told?" })] } },
    };

    public static TheoryData<string, PlanPreview> OtherThings => new()
    {
        { "how much the source holds", Plan with { Source = Plan.Source with { Contents = new ClusterContents(2, 3, 18, 1, 8192) } } },
        { "how a check says it", Plan with { Findings = [Plan.Findings[0] with { Result = CheckResult.Passed("other words") }] } },
        { "a check of this machine", Plan with { Findings = Plan.Findings.Add(Found("clock", CheckOutcome.Warning) with { IsAboutThisMachine = true }) } },
        { "a repo that is computed again", Plan with { Changes = Plan.Changes.Add(Change(ChangeKind.Recomputed, ItemKind.Repo, "edges")) } },
        { "a commit that is changed", Plan with { Changes = Plan.Changes.Add(Change(ChangeKind.Changed, ItemKind.Commit, "images@1")) } },
        { "how a step says it", Plan with { Steps = [WithPreview(new StepPreview("Stops a pipeline") { Effects = Plan.Steps[0].Preview.Effects, Notes = ["Soon."] })] } },
    };

    [Theory]
    [MemberData(nameof(Promises))]
    public void The_content_of_the_plan_is_part_of_the_hash(string what, PlanPreview other) =>
        Assert.True(Plan.Hash != other.Hash, $"The hash is the same although it is about {what}.");

    [Theory]
    [MemberData(nameof(OtherThings))]
    public void Values_that_change_while_the_user_reads_are_not_part_of_the_hash(string what, PlanPreview other) =>
        Assert.True(Plan.Hash == other.Hash, $"The hash is another although only {what} is.");

    [Fact]
    public void The_order_of_announced_changes_does_not_change_the_hash()
    {
        AnnouncedChange[] changes = [Change(ChangeKind.LeftOut, ItemKind.Commit, "images@1"), Change(ChangeKind.LeftOut, ItemKind.Commit, "images@2")];

        Assert.Equal((Plan with { Changes = [.. changes] }).Hash, (Plan with { Changes = [.. changes.Reverse()] }).Hash);
    }

    [Fact]
    public void The_words_of_a_machine_for_an_address_change_neither_the_hash_nor_the_differences()
    {
        var here = Touching("namespace old of context production", "namespace old of context production");
        var inACluster = Touching("namespace old of context in-cluster", "namespace old of context in-cluster");
        var withoutWords = Touching(description: null, Plan.Source.Address);

        Assert.Equal([withoutWords.Hash, withoutWords.Hash], [here.Hash, inACluster.Hash]);
        Assert.Empty(PlanDifference.Between(here, inACluster));
    }

    [Fact]
    public void The_hash_has_12_hex_digits() => Assert.Matches("^[0-9a-f]{12}$", Plan.Hash);

    private static Finding Found(string check, CheckOutcome outcome) => new(check, "", new CheckResult(outcome, ""), Accepted: false);

    private static AnnouncedChange Change(ChangeKind kind, ItemKind item, string name) => new(kind, new InventoryItem(item, name), "some-rule", "it has to be");

    private static PlanPreview Touching(string? description, string shown) => Plan with
    {
        Source = Plan.Source with { Description = description },
        Steps = [WithPreview(new StepPreview("") { Effects = [new Effect("create", $"repos at {shown}")] })],
    };

    private static PlannedStep WithPreview(StepPreview preview) => Plan.Steps[0] with { Preview = preview };
}
