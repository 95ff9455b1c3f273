using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Tests;

/// <summary>Plans made by hand, with something of everything in them.</summary>
internal static class SamplePlans
{
    public const string LongName = "a-repo-with-a-name-that-is-longer-than-a-line-of-eighty-columns-can-hold-and-must-never-be-broken";

    /// <summary>A plan that can be carried out.</summary>
    public static PlanPreview Ready { get; } = new()
    {
        PlanName = "pachyderm-1.8.7-to-1.9.0",
        Description = "Migrate a 1.8 cluster to 1.9; the objects stay in the bucket unless told otherwise.",
        PlanSha256 = new string('a', 64),
        Source = new ClusterFacts("old.example:30650", "--source", "external", new Release(1, 8, 7), "0f3a", new ClusterContents(6, 9, 28, 5, 31_457_280)),
        Target = new ClusterFacts("new.example:30650", "--target", "external", new Release(1, 9, 0), "77b1", new ClusterContents(0, 0, 0, 0, 0)),
        IsInPlace = false,
        TargetRelease = new Release(1, 9, 0),
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("objects", "false").Add("password", "***"),
        Findings =
        [
            Passed("auth", "Access control is not active"),
            new Finding("point-release", "Is the source the latest of its line?", CheckResult.Warning("The source is 1.8.7; the latest is 1.8.8.", "Better upgrade first."), Accepted: false),
            new Finding("open-commits", "Are there open commits?", CheckResult.Warning("2 commits are open.", "Finish them.", "images@2c98", "labels@11aa"), Accepted: true),
        ],
        Changes =
        [
            new AnnouncedChange(ChangeKind.Renamed, new InventoryItem(ItemKind.Branch, "images@feat.x", "feat.x -> feat_x"), "name-not-allowed", "1.9 takes letters, digits, dashes and underscores only"),
            new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "images@2c98"), "open-commit", "no pachd restores a commit that is not finished"),
            new AnnouncedChange(ChangeKind.Recomputed, new InventoryItem(ItemKind.Repo, "edges"), "output-repo", "it is the output of pipeline \"edges\""),
            new AnnouncedChange(ChangeKind.Recomputed, new InventoryItem(ItemKind.Repo, LongName), "output-repo", "it is the output of pipeline \"montage\""),
            .. Enumerable.Range(1, 23).Select(number =>
                new AnnouncedChange(ChangeKind.Changed, new InventoryItem(ItemKind.Repo, $"repo{number}", "time of creation"), "times", "1.9 has no field for it")),
        ],
        Steps =
        [
            new PlannedStep("check", "pachyderm/check", new StepPreview("Runs every check again and stops if one refuses"), IsRevertible: false),
            new PlannedStep("pause", "pachyderm/pause", new StepPreview("Stops 2 pipelines on the source") { Effects = [new Effect("stop", "pipeline edges"), new Effect("stop", "pipeline montage", "after its job has ended")] }, IsRevertible: true),
            new PlannedStep("restore", "pachyderm/restore", new StepPreview("Sends 6 repos") { Effects = [new Effect("create", "repos, pipelines, commits and branches")], Notes = ["The archive is checked completely before the first operation is sent."] }, IsRevertible: false) { OnFailure = FailureReaction.Rollback },
        ],
    };

    /// <summary>A plan that a check refuses.</summary>
    public static PlanPreview Refused { get; } = Ready with
    {
        Findings =
        [
            .. Ready.Findings,
            new Finding("target-empty", "Is the target empty?", CheckResult.Refused("The target has 1 repo and no pipelines.", "Delete them, or give another target.", $"repo {LongName}"), Accepted: false),
        ],
        Steps = [],
    };

    /// <summary>A plan that puts the target in the place of the source.</summary>
    public static PlanPreview InPlace { get; } = Ready with
    {
        IsInPlace = true,
        Target = Ready.Source with { Release = null, ClusterId = null, Contents = null },
        Changes = [],
        Outages = [new Outage(Downtime.Writers, "pause", 3, "resume", 9), new Outage(Downtime.Cluster, "undeploy", 5, "restore", 7)],
    };

    private static Finding Passed(string check, string found) => new(check, "", CheckResult.Passed(found), Accepted: false);
}
