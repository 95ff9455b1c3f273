using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;
using PachUp.Verification.LateWrites;

namespace PachUp.Engine.Runs;

/// <summary>
/// Decides when a run looks at the source again, and stops the run if something was written there after the extract: after a step has filled the target
/// or compared it, before clients use the target, before the source is taken away or writers are let into it again, and at the end. If the source is about
/// to be taken away, it can be extracted again.
/// </summary>
/// <param name="plan">The plan of the run.</param>
/// <param name="run">The directory of the run.</param>
/// <param name="time">The clock.</param>
internal sealed class LateWriteWatch(PlannedMigration plan, RunDirectory run, TimeProvider time)
{
    /// <summary>Whether the source is looked at before a step.</summary>
    public bool LooksBefore(PlanStep step) => step.Step.Traits.SwitchesClients || step.Step.Traits.RemovesSource || OpensSource(step);

    /// <summary>Whether the source is looked at after a step.</summary>
    public static bool LooksAfter(PlanStep step) => step.Step.Traits.FillsTarget || step.Step.Traits.ComparesTarget;

    /// <summary>Whether the source is looked at when all steps are done: not if the plan has let writers into it again, because then it works on by itself.</summary>
    public bool LooksAtEnd(RunState state) => !plan.Document.Steps.Any(step => OpensSource(step) && state.Steps.GetValueOrDefault(step.Id) == StepState.Done);

    /// <summary>
    /// The step that extracts the source again if it has changed before a step takes it away; null if the step does not, or nothing before it extracts.
    /// </summary>
    public PlanStep? FindExtractBefore(PlanStep step) => step.Step.Traits.RemovesSource
        ? plan.Document.Steps.TakeWhile(earlier => earlier != step).LastOrDefault(earlier => earlier.Step.Traits.ExtractsSource)
        : null;

    /// <summary>Whether the target has taken the place of the source, so that there is nothing to look at.</summary>
    public bool IsSourceReplaced(RunState state) => plan.Preview.IsInPlace && IsSourceRemoved(state);

    /// <summary>Whether a step of the run took the source away, so that nobody can write to it.</summary>
    public bool IsSourceRemoved(RunState state) => plan.Document.Steps.Any(step => step.Step.Traits.RemovesSource && state.Steps.GetValueOrDefault(step.Id) == StepState.Done);

    /// <summary>
    /// Whether the last look of the run found late writes, so that the next process looks before it does anything else; not if the run can still extract them.
    /// </summary>
    public bool LooksFirst(RunState state) => LateWriteReport.TryRead(run.Path) is { IsFound: true } && !CanExtractAgain(state);

    /// <summary>Looks at the source.</summary>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>What was found; null if the run has not read the source yet, or its plan moves no data.</returns>
    public async Task<LateWriteReport?> TryLookAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var look = new LateWriteLook(plan.RequireContext(), run.Path, progress);
        return look.IsPossible ? await look.TakeAsync(time.GetUtcNow(), cancellationToken) : null;
    }

    /// <summary>The failure for late writes.</summary>
    public StepFailedException Failure(LateWriteReport report, RunState state) =>
        new(report.Sentence, $"Stop the writers. The report of the run lists every item that they wrote. {WhatToDo(state)}")
        {
            Kind = FailureKind.LateWrites,
        };

    private bool CanExtractAgain(RunState state) =>
        plan.Document.Steps.Any(step => FindExtractBefore(step) is not null && state.Steps.GetValueOrDefault(step.Id) != StepState.Done);

    private string WhatToDo(RunState state) => plan.Preview switch
    {
        _ when CanExtractAgain(state) => $"Then resume the run, which extracts the source again: pachup apply --resume {run.Id}",
        _ when CatchUps.AreOffered(plan.Preview) =>
            $"Do not use the target yet: carry what they wrote with \"pachup apply --catch-up {run.Id}\", or undo it on the source and resume the run.",
        _ => "Do not use the target. Undo what they wrote and resume the run; or deploy the target again on fresh metadata storage and start a new run.",
    };

    /// <summary>Whether a step lets clients write to the source again.</summary>
    private bool OpensSource(PlanStep step) =>
        step.Step.Traits is { LetsWritersIn: true, ActsOnDeployment: true } && step.ChosenCluster(plan.Scope) == ClusterChoice.Source && !plan.Preview.IsInPlace;
}
