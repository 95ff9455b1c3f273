using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Reports;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.AfterWork;

namespace PachUp.Engine.Tests.Runs.Reports;

public class RunVerdictTests
{
    public static TheoryData<string, VerdictKind, string> Runs => new()
    {
        { "done", VerdictKind.Good, "The run is done. Nothing is lost." },
        { "proved", VerdictKind.Good, "The run is done. Nothing is lost, and the output of the pipelines is proved." },
        { "to prove", VerdictKind.Warning, "The run is done. Everything that can be compared before work has arrived; the output of 2 pipelines is not yet proved." },
        { "with foreign content", VerdictKind.Warning, "The run is done. Nothing is lost, but the target has 1 item that did not come from the source." },
        { "not compared", VerdictKind.Good, "The run is done: all 2 steps succeeded. Its plan compares nothing." },
        { "lossy", VerdictKind.Bad, "Data is lost or different: 6 items are missing, 1 item is different, fsck found 1 error." },
        { "failed", VerdictKind.Bad, "The run is not done: step verify failed." },
        { "killed", VerdictKind.Bad, "The run is not done: step verify was interrupted." },
        { "between steps", VerdictKind.Bad, "The run is not done: 2 of 2 steps are done." },
        { "rolled back", VerdictKind.Warning, "The run was rolled back." },
        { "partly rolled back", VerdictKind.Bad, "The rollback of the run is not complete." },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_result_is_one_sentence(string run, VerdictKind kind, string sentence) => Assert.Equal(new RunVerdict(kind, sentence), ReportOf(run).Verdict);

    private static RunReport ReportOf(string run)
    {
        var done = SampleReport.Done;
        return run switch
        {
            "proved" => done with { Outputs = OutputProofState.Proved },
            "to prove" => done with { Outputs = OutputProofState.NotYet, Verification = done.Verification! with { OutputsToProve = 2 } },
            "with foreign content" => done with { Verification = done.Verification! with { Added = [new InventoryItem(ItemKind.Repo, "strangers")] } },
            "not compared" => done with { Verification = null },
            "lossy" => SampleReport.Lossy,
            "failed" => done with { State = new RunState(), Steps = [done.Steps[0], done.Steps[1] with { State = StepState.Failed }] },
            "killed" => done with { State = new RunState(), Steps = [done.Steps[0], done.Steps[1] with { State = StepState.Started }] },
            "between steps" => done with { State = new RunState() },
            "rolled back" => SampleReport.Lossy with { State = new RunState { RollbackStarted = true, IsRolledBack = true } },
            "partly rolled back" => done with { State = new RunState { RollbackStarted = true } },
            _ => done,
        };
    }
}
