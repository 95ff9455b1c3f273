using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Engine.Runs;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Views;
using Snapshooter.Xunit;

namespace PachUp.Tests.Views;

public class RunViewTests
{
    private static readonly RunDirectory Run = new("20250301-101500-3f9a", "/data/.pachup/runs/20250301-101500-3f9a");

    private static readonly RunResult Done = new()
    {
        Run = Run,
        Outcome = RunOutcome.Done,
        Steps =
        [
            new StepOutcome("check", "pachyderm/check", StepState.Done, TimeSpan.FromSeconds(0.4), "13 checks run"),
            new StepOutcome("restore", "pachyderm/restore", StepState.Done, TimeSpan.FromSeconds(75), "Sent 78 operations"),
        ],
        Verification = new VerificationReport
        {
            Counts = [new KindCount(ItemKind.Repo, 6, 6), new KindCount(ItemKind.Branch, 9, 9), new KindCount(ItemKind.Commit, 28, 28), new KindCount(ItemKind.Pipeline, 5, 5), new KindCount(ItemKind.Object, 175, 175), new KindCount(ItemKind.Tag, 14, 14), new KindCount(ItemKind.File, 7, 7)],
        },
    };

    private static readonly RunResult Failed = Done with
    {
        Outcome = RunOutcome.Failed,
        Steps =
        [
            Done.Steps[0],
            new StepOutcome("restore", "pachyderm/restore", StepState.Failed, TimeSpan.FromSeconds(3), "the connection broke"),
            new StepOutcome("verify", "pachyderm/verify", StepState.Pending, null, ""),
        ],
        Failure = new StepFailedException("the connection to new.example:30650 broke in the middle of the restore", "See to it that pachd runs, then resume the run."),
        Verification = null,
    };

    [Fact]
    public void A_finished_run_ends_with_the_table_and_what_arrived() => Snapshot.Match(Screen.Of(page => RunView.Write(page, Done)));

    [Fact]
    public void Content_that_did_not_come_from_the_source_is_a_warning_with_its_own_exit_code()
    {
        var foreign = Done with { Foreign = [new InventoryItem(ItemKind.Repo, "strangers"), new InventoryItem(ItemKind.Branch, "images@test")] };

        Snapshot.Match(Screen.Of(page => RunView.Write(page, foreign)));
        Assert.Equal(7, ExitCode.Of(foreign));
        Assert.Equal(0, ExitCode.Of(Done));
        Assert.Equal(1, ExitCode.Of(Failed with { Foreign = foreign.Foreign }));
    }

    [Fact]
    public void A_failed_run_says_what_happened_and_how_to_resume_it_or_roll_it_back() => Snapshot.Match(Screen.Of(page =>
    {
        RunView.Write(page, Failed);
        StopView.Write(page, Failed.Failure, [NextCommand.Resume(Run, ["--state-dir", "my state"]), NextCommand.RollBack(Run, [])]);
    }));

    [Fact]
    public void Json_has_every_step_and_the_failure() => Snapshot.Match(JsonAnswer.Serialize(RunDocument.Of(Failed)));
}
