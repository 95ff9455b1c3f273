using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Graphs;
using PachUp.Engine.State;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Verification.Records;

namespace PachUp.Engine.Tests.Runs.Reports;

/// <summary>The report of a small migration.</summary>
internal static class SampleReport
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableArray<AnnouncedChange> Changes =
    [
        new AnnouncedChange(ChangeKind.Renamed, new InventoryItem(ItemKind.Branch, "images@feat.x", "feat.x -> feat_x"), "name-not-allowed", "1.9 refuses dots"),
        new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "images@2c98"), "open-commit", "it is not finished"),
        new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "labels@11aa"), "open-commit", "it is not finished"),
        new AnnouncedChange(ChangeKind.Recomputed, new InventoryItem(ItemKind.Repo, "edges", "4 finished commits on master"), "output-repo", "the target computes it"),
    ];

    /// <summary>A migration that is done.</summary>
    public static RunReport Done { get; } = new()
    {
        Run = new RunDirectory("20261125-120000-3f9a", "/state/runs/20261125-120000-3f9a"),
        State = new RunState { IsDone = true },
        Circumstances = new RunCircumstances("mira", "ops-1", "0.1.0"),
        Plan = new PlanPreview
        {
            PlanName = "pachyderm-1.8.7-to-1.9.0",
            Description = "",
            PlanSha256 = new string('a', 64),
            Source = new ClusterFacts("old.example:30650", "--source", "external", new Release(1, 8, 7), "0f3a", null),
            Target = new ClusterFacts("new.example:30650", "--target", "external", new Release(1, 9, 0), "77b1", null),
            IsInPlace = false,
            TargetRelease = new Release(1, 9, 0),
            Accepted = ["stats"],
            Findings =
            [
                new Finding("spouts", "Is any pipeline a spout?", CheckResult.Warning("1 spout will take no messages", "Wait.", "tail"), Accepted: true),
                new Finding("stats", "Are there stats?", CheckResult.Warning("2 pipelines have stats", "Accept it."), Accepted: true),
                new Finding("clocks", "Do the clocks agree?", CheckResult.Warning("they differ by 9 s", "Set them."), Accepted: false),
                new Finding("releases", "Is the release known?", CheckResult.Passed("it is"), Accepted: false),
            ],
            Changes = Changes,
        },
        Began = Noon,
        Ended = Noon.AddMinutes(4),
        Forecast = new ForecastComparison(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), Noon.AddDays(-1), TimeSpan.FromSeconds(15))
        {
            IsComplete = true,
            Steps = [new StepForecast("extract", TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(12)), new StepForecast("verify", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3))],
        },
        Steps =
        [
            Step("extract", StepState.Done, "Extracted 45 operations, 5.9 KB", (0, 4, StepState.Started), (60, 68, StepState.Done)),
            Step("verify", StepState.Done, "Nothing is lost", (68, 71, StepState.Done)),
        ],
        Kinds =
        [
            new KindTally { Kind = ItemKind.Repo, Before = 6, Arrived = 6, Announced = 1 },
            new KindTally { Kind = ItemKind.Commit, Before = 80, Arrived = 6, Recomputed = 72, LeftOut = 2, Announced = 2 },
            new KindTally { Kind = ItemKind.Pipeline, Before = 27, Arrived = 25, AtResume = 2 },
            new KindTally { Kind = ItemKind.Object, Before = null, Arrived = 0, NotCompared = null },
        ],
        Graph = new ClusterGraph(
            [
                new GraphNode("edges", IsPipeline: true, NodeFate.Recomputed, ["1 repo computed again"]),
                new GraphNode("images", IsPipeline: false, NodeFate.Changed, ["1 branch renamed", "1 commit left out"]),
                new GraphNode("labels", IsPipeline: false, NodeFate.Arrived, []),
            ],
            [new GraphEdge(1, 0)]),
        Verification = new VerificationReport
        {
            Counts = [new KindCount(ItemKind.Repo, 6, 6), new KindCount(ItemKind.Commit, 6, 6)],
            Announced = Changes,
        },
        LeftBehind = new UncarriedCounts(28, 2, 4, 17, 5, 1, 3, ["file images@2c98:/huge.bin: not kept, because its 3.0 GB exceed the limit of 1.0 GB"]),
        Pipelines = new PipelinesOverview(["edges", "montage"], ["halted"]),
        Paused = ["edges", "montage"],
        Hashes = new RunHashes
        {
            Plan = "2b289f1e7981",
            PlanFile = new string('a', 64),
            Archive = new ArchiveHash("/backups/source.pachx", new string('b', 64), 6042),
            Plugins = [new PluginHash("PachUp.Plugins.Pachyderm18To19", "0.1.0", new string('c', 64))],
        },
    };

    /// <summary>The same migration, with losses of all sorts.</summary>
    public static RunReport Lossy { get; } = Done with
    {
        State = new RunState(),
        Steps = [Done.Steps[0], Done.Steps[1] with { State = StepState.Failed, Text = "something is lost" }],
        Kinds =
        [
            new KindTally { Kind = ItemKind.Repo, Before = 6, Arrived = 5, Lost = 1 },
            new KindTally { Kind = ItemKind.File, Before = 14, Arrived = 9, NotCompared = 5 },
        ],
        Verification = Done.Verification! with
        {
            Counts = [new KindCount(ItemKind.Repo, 5, 6), new KindCount(ItemKind.Object, 7, 9), new KindCount(ItemKind.Tag, 0, 3)],
            Lost = [new InventoryItem(ItemKind.Repo, "labels"), new InventoryItem(ItemKind.Object, "3fa9..."), new InventoryItem(ItemKind.Tag, "model-v1")],
            LostLists = [new LostList(ItemKind.Tag, "/state/runs/20261125-120000-3f9a/lost-tags.txt")],
            Changed = [new InventoryItem(ItemKind.Pipeline, "edges", "parallelism_spec")],
            Added = [new InventoryItem(ItemKind.Commit, "edges_big|x@33bb")],
            FsckErrors = ["branch images@master has a head that is not there"],
            NotCompared = ["Whether pipelines are stopped: an archive does not tell this."],
        },
    };

    /// <summary>A step with attempts, in seconds after noon.</summary>
    public static StepOverview Step(string id, StepState state, string text, params (int From, int To, StepState Outcome)[] attempts) => new(
        id, $"pachyderm/{id}", state, TimeSpan.FromSeconds(attempts.Sum(attempt => attempt.To - attempt.From)), text)
    {
        Attempts = [.. attempts.Select(attempt => new StepAttempt(Noon.AddSeconds(attempt.From), Noon.AddSeconds(attempt.To), attempt.Outcome, IsRollback: false))],
    };
}
