using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Reports;

/// <summary>What happened in a run, read from what it left in its directory.</summary>
public sealed record RunOverview
{
    /// <summary>The directory of the run.</summary>
    public required RunDirectory Run { get; init; }

    /// <summary>The state of the run.</summary>
    public required RunState State { get; init; }

    /// <summary>The plan that was shown.</summary>
    public required PlanPreview Plan { get; init; }

    /// <summary>When the run started; null if it did not start.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>The time of the last record in the journal.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Every step of the plan, in order.</summary>
    public ImmutableArray<StepOverview> Steps { get; init; } = [];

    /// <summary>The result of the verification; null if the run was not verified.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>Whether the output of the target was proved.</summary>
    public OutputProofState Outputs { get; init; }

    /// <summary>The result of <c>verify --after-work</c>; null if it was not done.</summary>
    public AfterWorkReport? AfterWork { get; init; }

    /// <summary>The number of items that no release can migrate; null if the run stopped before.</summary>
    public UncarriedCounts? LeftBehind { get; init; }

    /// <summary>The pipelines of the target when the run is done; null if the run was not verified.</summary>
    public PipelinesOverview? Pipelines { get; init; }

    /// <summary>The pipelines of the source that the run stopped.</summary>
    public ImmutableArray<string> Paused { get; init; } = [];

    /// <summary>Reads the summary of a run.</summary>
    /// <exception cref="FormatException">A file of the run is damaged or missing.</exception>
    public static RunOverview Read(RunDirectory run) => Of(run, Journal.Read(run.File(RunFiles.Journal)));

    /// <summary>Reads the summary of a run whose journal is already read.</summary>
    /// <exception cref="FormatException">A file of the run is damaged or missing.</exception>
    internal static RunOverview Of(RunDirectory run, IReadOnlyList<JournalRecord> journal)
    {
        var plan = RunRecord.ReadPreview(run);
        return new RunOverview
        {
            Run = run,
            State = RunState.Of(journal),
            Plan = plan,
            Began = journal is [var first, ..] ? first.Time : null,
            Ended = journal is [.., var last] ? last.Time : null,
            Steps = [.. plan.Steps.Select(step => StepOverview.Of(step, journal))],
            Verification = JsonFile.TryRead<VerificationReport>(run.File(RecordFiles.Verification)),
            Outputs = OutputProof.Of(run.Path),
            AfterWork = OutputProof.TryReadReport(run.Path),
            LeftBehind = JsonFile.TryRead<UncarriedRecord>(run.File(RecordFiles.LeftBehind)) is { } leftBehind ? UncarriedCounts.Of(leftBehind) : null,
            Pipelines = PipelinesOverview.TryRead(run),
            Paused = [.. NamesIn(run, RecordFiles.PausedPipelines)],
        };
    }

    internal static IReadOnlyList<string> NamesIn(RunDirectory run, string file) => JsonFile.TryRead<List<string>>(run.File(file)) ?? [];
}

/// <summary>The pipelines of a target.</summary>
/// <param name="Running">Those that run.</param>
/// <param name="Stopped">Those that are stopped, as they were on the source.</param>
public sealed record PipelinesOverview(ImmutableArray<string> Running, ImmutableArray<string> Stopped)
{
    internal static PipelinesOverview? TryRead(RunDirectory run)
    {
        var path = run.File(RecordFiles.Target);
        if (!File.Exists(path))
        {
            return null;
        }

        // The run keeps some pipelines stopped until its last step. They were stopped during the verification, but run at the end.
        var heldBack = RunOverview.NamesIn(run, RecordFiles.HeldBackPipelines);
        var pipelines = InventoryFile.Deserialize(File.ReadAllText(path)).Pipelines.ToLookup(
            pipeline => pipeline.Stopped && !heldBack.Contains(pipeline.Name), pipeline => pipeline.Name);
        var later = RunOverview.NamesIn(run, RecordFiles.PipelinesAtResume);
        return new PipelinesOverview([.. pipelines[false].Union(later).Order(StringComparer.Ordinal)], [.. pipelines[true]]);
    }
}

/// <summary>The summary of a step.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="State">Its state.</param>
/// <param name="Duration">The duration of its last attempt; null if unknown.</param>
/// <param name="Text">What it did, or why it failed; empty if unknown.</param>
public sealed record StepOverview(string Id, string Uses, StepState State, TimeSpan? Duration, string Text)
{
    private static readonly JournalEvent[] Ends =
        [JournalEvent.StepDone, JournalEvent.StepFailed, JournalEvent.StepInterrupted, JournalEvent.RevertDone, JournalEvent.RevertFailed];

    internal static StepOverview Of(PlannedStep step, IEnumerable<JournalRecord> journal)
    {
        var records = journal.Where(record => record.Step == step.Id).ToList();
        var begun = records.LastOrDefault(record => record.Event is JournalEvent.StepStarted or JournalEvent.RevertStarted);
        var ended = records.LastOrDefault(record => Ends.Contains(record.Event));
        var state = RunState.Of(records).Steps.GetValueOrDefault(step.Id);
        return new StepOverview(step.Id, step.Uses, state, begun is null || ended is null ? null : ended.Time - begun.Time, ended?.Text ?? "");
    }
}
