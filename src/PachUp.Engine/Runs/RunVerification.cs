using PachUp.Common.Files;
using PachUp.Engine.Lookups;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.Runs.Reports;
using PachUp.Engine.Runs.Reports.Markdown;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.Comparing;
using PachUp.Verification.LateWrites;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs;

/// <summary>
/// Verifies the target of a run again: does the steps of its plan that compare the target once more, without a record in the journal, and looks at the
/// source.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="plan">The plan of the run, from <see cref="RunRecord.ReadToVerifyAsync"/>.</param>
/// <param name="time">The clock.</param>
public sealed class RunVerification(RunDirectory run, PlannedMigration plan, TimeProvider time)
{
    private readonly IReadOnlyList<JournalRecord> _records = Journal.Read(run.File(RunFiles.Journal));
    private readonly LateWriteWatch _watch = new(plan, run, time);

    private RunState State => RunState.Of(_records);

    /// <summary>Verifies the target, looks at the source, and writes the report of the run again.</summary>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">The run has not compared its target yet, or the target cannot be compared.</exception>
    /// <exception cref="RunChangedException">Another cluster answers at the address of the target.</exception>
    public async Task<VerifiedRun> RunAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var steps = plan.Document.Steps.Where(step => step.Step.Traits.ComparesTarget).ToList();
        ThrowUnlessCompared(steps);
        if (await ClusterIdentity.FindOtherTargetAsync(plan, State, cancellationToken) is { Count: > 0 } others)
        {
            throw new RunChangedException(run, others);
        }

        foreach (var step in steps)
        {
            await CompareAsync(step, progress, cancellationToken);
        }

        var late = await TryLookAsync(progress, cancellationToken);
        var verification = JsonFile.TryRead<VerificationReport>(run.File(RecordFiles.Verification))
            ?? throw new StepFailedException($"step {steps[^1].Id} of run {run.Id} wrote no result of its comparison", "Report this to the author of the step.");
        PrivateFile.Replace(run.File(RunFiles.Report), System.Text.Encoding.UTF8.GetBytes(MarkdownReport.Write(RunReport.Of(run, _records))));
        return new VerifiedRun(verification, late);
    }

    /// <summary>Looks at the source; null if the plan moves no data, has taken the source away, or has let writers into it again.</summary>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public async Task<LateWriteReport?> TryLookAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        _watch.LooksAtEnd(State) && !_watch.IsSourceReplaced(State) ? await _watch.TryLookAsync(progress, cancellationToken) : null;

    private void ThrowUnlessCompared(List<PlanStep> steps)
    {
        if (State.RollbackStarted)
        {
            throw StepFailedException.Refused($"run {run.Id} was rolled back, completely or in part: its target is given up", "Compare the clusters: pachup verify --source PLACE --target PLACE.");
        }

        if (steps.Count == 0)
        {
            throw StepFailedException.Refused($"the plan of run {run.Id} has no step that compares the target", "Compare the clusters: pachup verify --source PLACE --target PLACE.");
        }

        if (steps.All(step => State.Steps.GetValueOrDefault(step.Id) is StepState.Pending or StepState.Started))
        {
            throw StepFailedException.Refused($"run {run.Id} has not compared its target yet", $"Resume it first: pachup apply --resume {run.Id}.");
        }
    }

    /// <summary>Compares once more. A loss is in the report of the comparison; every other failure is thrown.</summary>
    private async Task CompareAsync(PlanStep step, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var execution = new StepExecution(plan, step.Id, run, records: []) { IsOutsideOfRun = true, Progress = progress, Time = time };
        var scope = plan.Scope with { Run = new RunIdentity(run.Id, run.Path), Outputs = State.Revealing(plan.Document.Redaction).Outputs };
        try
        {
            await step.Step.ExecuteAsync(step.Arguments.Resolve(scope), execution, cancellationToken);
        }
        catch (StepFailedException e) when (e.Kind == FailureKind.LossFound)
        {
            // The report names what is lost, and the caller shows it.
        }
    }
}

/// <summary>A run whose target was verified again.</summary>
/// <param name="Verification">The result of the comparison.</param>
/// <param name="LateWrites">What was written to the source after the extract; null if the source was not looked at.</param>
public sealed record VerifiedRun(VerificationReport Verification, LateWriteReport? LateWrites)
{
    /// <summary>Whether nothing is lost, and nothing was written to the source late.</summary>
    public bool IsGood => !Verification.FoundLoss && LateWrites is not { IsFound: true };
}
