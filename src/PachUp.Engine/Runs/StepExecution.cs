using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PachUp.Common;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Engine.Runs;

/// <summary>The context of one step while it runs or is undone.</summary>
internal sealed class StepExecution(PlannedMigration plan, string stepId, RunDirectory run, IEnumerable<JournalRecord> records)
    : ForwardedContext(plan.RequireContext()), IStepExecution
{
    private readonly Redaction _redaction = plan.Document.Redaction;

    private readonly List<Checkpoint> _checkpoints =
    [
        .. records
            .Where(record => record.Step == stepId)
            .Select(record => record.Checkpoint)
            .OfType<Checkpoint>()
            .Select(checkpoint => new Checkpoint(checkpoint.Kind) { Facts = plan.Document.Redaction.Reveal(checkpoint.Facts) }),
    ];

    public string StepId => stepId;

    public string RunDirectory => run.Path;

    public IProgress<StepProgress> Progress { get; init; } = new InlineProgress<StepProgress>(_ => { });

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public override ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>The journal for checkpoints; null in a preview.</summary>
    public Journal? Journal { get; init; }

    /// <summary>Whether checkpoints are kept in memory only, because the step is done once more outside of the run.</summary>
    public bool IsOutsideOfRun { get; init; }

    public IReadOnlyList<Checkpoint> Checkpoints => _checkpoints;

    /// <summary>What a step may use in a run that is carried out or undone.</summary>
    public static StepExecution Of(
        PlanStep step, PlannedMigration plan, RunDirectory run, Journal journal, IRunObserver observer, TimeProvider time) =>
        new(plan, step.Id, run, journal.Records)
        {
            Journal = journal,
            Progress = new InlineProgress<StepProgress>(news => observer.Progressed(step.Id, plan.Document.Redaction.Apply(news))),
            Time = time,
            Log = new StepLog(run.File(RunFiles.Log), step.Id, plan.Document.Redaction, time),
        };

    public void Record(Checkpoint checkpoint)
    {
        if (!IsOutsideOfRun)
        {
            (Journal ?? throw new InvalidOperationException("a step cannot record a checkpoint in a preview"))
                .AppendCheckpoint(stepId, new Checkpoint(checkpoint.Kind) { Facts = _redaction.Conceal(checkpoint.Facts) });
        }

        _checkpoints.Add(checkpoint);
    }
}
