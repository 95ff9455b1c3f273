using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Engine.Runs;

/// <summary>
/// The way back for the clients of a finished run: they are led to the source again, and nothing else is undone. The target stays as it is. The run has not
/// ended then: resumed, it leads the clients to the target again; rolled back, it removes the target.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="plan">Its plan, from <see cref="Records.RunRecord.ReadToRollBackAsync"/>.</param>
public sealed class ClientSwitch(RunDirectory run, PlannedMigration plan)
{
    /// <summary>Refuses a run whose clients cannot be led back alone.</summary>
    /// <exception cref="StepFailedException">They cannot, and the message says why.</exception>
    public void ThrowUnlessPossible()
    {
        if (FindObstacle(RunState.Of(Journal.Read(run.File(RunFiles.Journal)))) is { } obstacle)
        {
            throw StepFailedException.Refused($"the clients of run {run.Id} cannot be switched back: {obstacle.Why}", obstacle.Remedy);
        }
    }

    /// <summary>What users wrote to the target after it was verified, so that the source does not have it.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public Task<LateWriteReport> LookAtTargetAsync(TimeProvider time, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        new TargetWritesLook(plan.RequireContext(), run.Path, progress).TakeAsync(time.GetUtcNow(), cancellationToken);

    private (string Why, string Remedy)? FindObstacle(RunState state) => state switch
    {
        { RollbackStarted: true } => ("it was rolled back, completely or in part", $"If the rollback is not complete, repeat it: pachup rollback {run.Id}"),
        _ when plan.Preview.IsInPlace => (
            "its target has the address of its source, and the source is gone", $"Undo the whole run: pachup rollback {run.Id} --confirm {plan.Preview.ClusterToConfirm.Name}"),
        _ when !plan.Document.Steps.Any(step => step.Step.Traits.SwitchesClients) => ("its plan has not switched any", "Lead your clients to the source as you led them to the target."),
        { AreClientsBack: true } => (
            "they are switched back already", $"To switch them to the target again: pachup apply --resume {run.Id}. To undo the whole run: pachup rollback {run.Id}"),
        { IsDone: false } => ("it has not ended", $"Resume it (pachup apply --resume {run.Id}), or undo it, which leads clients back too (pachup rollback {run.Id})."),
        _ => null,
    };
}
