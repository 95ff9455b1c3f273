using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.State;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Verification.Records;
using Snapshooter.Xunit;

namespace PachUp.Engine.Tests.Runs.Reports;

public class RunReportTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private static readonly RunOverview Done = new()
    {
        Run = new RunDirectory("20261125-120000-3f9a", "/state/runs/20261125-120000-3f9a"),
        State = new RunState { IsDone = true },
        Plan = new PlanPreview
        {
            PlanName = "pachyderm-1.8.7-to-1.9.0",
            Description = "",
            PlanSha256 = new string('a', 64),
            Source = new ClusterFacts("old.example:30650", "--source", "external", new Release(1, 8, 7), "0f3a", null),
            Target = new ClusterFacts("new.example:30650", "--target", "external", new Release(1, 9, 0), "77b1", null),
            IsInPlace = false,
            TargetRelease = new Release(1, 9, 0),
            Findings = [new Finding("spouts", "Is any pipeline a spout?", CheckResult.Warning("1 spout will take no messages", "Wait."), Accepted: true)],
            Changes =
            [
                new AnnouncedChange(ChangeKind.Renamed, new InventoryItem(ItemKind.Branch, "images@feat.x", "feat.x -> feat_x"), "name-not-allowed", "1.9 refuses dots"),
                new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "images@2c98"), "open-commit", "it is not finished"),
                new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "labels@11aa"), "open-commit", "it is not finished"),
            ],
        },
        Began = Noon,
        Ended = Noon.AddMinutes(4),
        Steps =
        [
            new StepOverview("extract", "pachyderm/extract", StepState.Done, TimeSpan.FromSeconds(12), "Extracted 45 operations, 5.9 KB"),
            new StepOverview("verify", "pachyderm/verify", StepState.Done, TimeSpan.FromSeconds(3), "Nothing is lost"),
        ],
        Verification = new VerificationReport
        {
            Counts = [new KindCount(ItemKind.Repo, 6, 6), new KindCount(ItemKind.Branch, 9, 9)],
            Added = [new InventoryItem(ItemKind.Commit, "edges_big|x@33bb")],
        },
        LeftBehind = new UncarriedCounts(28, 2, 4, 17, 5, 1, 3, ["file images@2c98:/huge.bin: not kept, because its 3.0 GB exceed the limit of 1.0 GB"]),
        Pipelines = new PipelinesOverview(["edges", "montage"], ["halted"]),
        Paused = ["edges", "montage"],
    };

    [Fact]
    public void A_run_that_is_done_is_reported_with_what_was_kept_changed_and_left_out() => Snapshot.Match(RunReport.Write(Done));

    [Fact]
    public void A_loss_comes_item_by_item_and_a_run_that_stopped_says_where()
    {
        var stopped = Done with
        {
            State = new RunState(),
            Steps = [Done.Steps[0], Done.Steps[1] with { State = StepState.Failed, Text = "something is lost" }],
            Verification = Done.Verification! with
            {
                Counts = [new KindCount(ItemKind.Repo, 5, 6)],
                Lost = [new InventoryItem(ItemKind.Repo, "labels")],
                FsckErrors = ["branch images@master has a head that is not there"],
                NotCompared = ["Whether pipelines are stopped: an archive does not tell this."],
            },
        };

        Snapshot.Match(RunReport.Write(stopped));
    }

    [Fact]
    public void A_run_that_stopped_early_is_reported()
    {
        var begun = Done with { State = new RunState(), Verification = null, LeftBehind = null, Pipelines = null, Steps = ImmutableArray<StepOverview>.Empty };

        var report = RunReport.Write(begun);

        Assert.StartsWith("# Run 20261125-120000-3f9a: stopped\n", report, StringComparison.Ordinal);
        Assert.DoesNotContain("What arrived", report, StringComparison.Ordinal);
    }
}
