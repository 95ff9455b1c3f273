using PachUp.Cli.Terminals;
using PachUp.Commands.Plans.Rehearse;
using PachUp.Engine.Planning;
using PachUp.Engine.Rehearsals;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Views;
using Snapshooter.Xunit;

namespace PachUp.Tests.Commands.Plans.Rehearse;

public class RehearsalViewTests
{
    private static readonly RehearsalReport Done = new()
    {
        PlanName = "pachyderm-1.8.7-to-1.9.0",
        Outcome = RunOutcome.Done,
        Source = new RehearsedSource(
            "old.example:30650", new Release(1, 8, 6), IsGuessed: false, new Release(1, 8, 7), "5f3a9c0e", new ClusterContents(6, 9, 28, 5, 31_000_000)),
        Target = new RehearsedTarget(new Release(1, 9, 3), new Release(1, 9, 0)),
        Findings = [new Finding("self-input", "Is there a loop?", CheckResult.Passed("No pipeline has its own name as input"), Accepted: false)],
        Changes = [new AnnouncedChange(ChangeKind.LeftOut, new InventoryItem(ItemKind.Commit, "images@2c98512a3d144ab29323823975c4bf7e"), "open-commit", "it is not finished")],
        Steps =
        [
            new StepOutcome("extract", "pachyderm/extract", StepState.Done, TimeSpan.FromSeconds(1.4), "Extracted 125 operations"),
            new StepOutcome("restore", "pachyderm/restore", StepState.Done, TimeSpan.FromSeconds(75), "Sent 78 operations"),
        ],
        Verification = new VerificationReport { Counts = [new KindCount(ItemKind.Repo, 6, 6), new KindCount(ItemKind.Commit, 27, 27)] },
        Estimate = new RehearsalEstimate
        {
            LeastTime = TimeSpan.FromMinutes(3),
            MostTime = TimeSpan.FromMinutes(55),
            ObjectBytes = 30L << 30,
            LeastArchiveBytes = 9L << 30,
            MostArchiveBytes = 30L << 30,
            FreeBytes = 12L << 30,
            Basis = ["The source took 1.2 s to list its metadata. A run lists it 3 times.", "Not included: manual work."],
        },
        NotRehearsed = ["The contents of files: the rehearsal has no file content, so no file was read back."],
    };

    private static readonly RehearsalReport TargetRefuses = Done with
    {
        Outcome = RunOutcome.Failed,
        Steps = [Done.Steps[0], new StepOutcome("restore", "pachyderm/restore", StepState.Failed, TimeSpan.FromSeconds(3), "the target refuses")],
        Failure = new StepFailedException("the pachd at 127.0.0.1:4711 could not restore a state", "Correct the spec."),
        TargetRefusal = new TargetRefusal("pipeline _x", "error creating pipeline: name (_x) invalid"),
        Verification = null,
        Estimate = null,
    };

    private static readonly RehearsalReport Refused = Done with
    {
        Outcome = RunOutcome.Refused,
        Source = new RehearsedSource("backup.pachx", new Release(1, 9, 0), IsGuessed: true),
        Findings = [new Finding("point-release", "Which release?", CheckResult.Refused("The source is 1.9.0", "Use another plan."), Accepted: false)],
        Changes = [],
        Steps = [],
        Verification = null,
        Estimate = null,
    };

    private static readonly RehearsalReport Loss = Done with
    {
        Outcome = RunOutcome.LossFound,
        Failure = new StepFailedException("something is lost", "Do not use the target.") { Kind = FailureKind.LossFound },
        Verification = new VerificationReport
        {
            Counts = [new KindCount(ItemKind.Repo, 5, 6)],
            Lost = [new InventoryItem(ItemKind.Repo, "images")],
        },
        Estimate = null,
    };

    [Fact]
    public void A_successful_rehearsal_ends_with_the_estimate_and_with_what_was_not_rehearsed() => Snapshot.Match(TextOf(Done));

    [Fact]
    public void A_refusal_of_the_target_is_shown_with_the_item_and_the_message() => Snapshot.Match(TextOf(TargetRefuses));

    [Fact]
    public void A_refused_rehearsal_says_to_fix_the_findings_first() => Snapshot.Match(TextOf(Refused));

    [Fact]
    public void A_loss_is_listed_item_by_item() => Snapshot.Match(TextOf(Loss));

    [Fact]
    public void Json_has_everything() => Snapshot.Match(JsonAnswer.Serialize(RehearsalDocument.Of(TargetRefuses with { Estimate = Done.Estimate }, "/data/kept")));

    private static string TextOf(RehearsalReport report) => Screen.Of(page => RehearsalView.Write(page, report, keptPath: null, ItemLimit.Condensed));
}
