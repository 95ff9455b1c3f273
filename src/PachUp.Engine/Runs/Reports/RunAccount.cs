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
public sealed record RunAccount
{
    /// <summary>Where the run keeps everything.</summary>
    public required RunDirectory Run { get; init; }

    /// <summary>Where it is.</summary>
    public required RunState State { get; init; }

    /// <summary>The plan as it was shown.</summary>
    public required PlanPreview Plan { get; init; }

    /// <summary>When it began; null for a run that never did.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>When something was last written down about it.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Every step of the plan, in its order.</summary>
    public ImmutableArray<StepAccount> Steps { get; init; } = [];

    /// <summary>What verification found; null where the run did not come that far.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>Whether the output of the target was proved.</summary>
    public OutputProofState Outputs { get; init; }

    /// <summary>What was found in the output of the target after its workers had run; null where that was not looked at.</summary>
    public AfterWorkReport? AfterWork { get; init; }

    /// <summary>What no release can carry, by number; null where the run did not come that far.</summary>
    public LeftBehindCounts? LeftBehind { get; init; }

    /// <summary>The pipelines of the target as they are when the run is done; null where it was not verified.</summary>
    public PipelinesAccount? Pipelines { get; init; }

    /// <summary>The pipelines of the source that the run stopped.</summary>
    public ImmutableArray<string> Paused { get; init; } = [];

    /// <summary>Reads the account of a run.</summary>
    /// <exception cref="FormatException">A file of the run is damaged or missing.</exception>
    public static RunAccount Read(RunDirectory run) => Of(run, Journal.Read(run.File(RunFiles.Journal)));

    /// <summary>The same, of a run whose journal is at hand.</summary>
    /// <exception cref="FormatException">A file of the run is damaged or missing.</exception>
    internal static RunAccount Of(RunDirectory run, IReadOnlyList<JournalRecord> journal)
    {
        var plan = RunRecord.ReadPreview(run);
        return new RunAccount
        {
            Run = run,
            State = RunState.Of(journal),
            Plan = plan,
            Began = journal is [var first, ..] ? first.Time : null,
            Ended = journal is [.., var last] ? last.Time : null,
            Steps = [.. plan.Steps.Select(step => StepAccount.Of(step, journal))],
            Verification = JsonFile.TryRead<VerificationReport>(run.File(RecordFiles.Verification)),
            Outputs = OutputProof.Of(run.Path),
            AfterWork = OutputProof.TryReadReport(run.Path),
            LeftBehind = JsonFile.TryRead<LeftBehind>(run.File(RecordFiles.LeftBehind)) is { } leftBehind ? LeftBehindCounts.Of(leftBehind) : null,
            Pipelines = PipelinesAccount.TryRead(run),
            Paused = [.. NamesIn(run, RecordFiles.PausedPipelines)],
        };
    }

    internal static IReadOnlyList<string> NamesIn(RunDirectory run, string file) => JsonFile.TryRead<List<string>>(run.File(file)) ?? [];
}

/// <summary>The pipelines of a target.</summary>
/// <param name="Running">Those that run.</param>
/// <param name="Stopped">Those that are stopped, as they were on the source.</param>
public sealed record PipelinesAccount(ImmutableArray<string> Running, ImmutableArray<string> Stopped)
{
    internal static PipelinesAccount? TryRead(RunDirectory run)
    {
        var path = run.File(RecordFiles.Target);
        if (!File.Exists(path))
        {
            return null;
        }

        // Those that the run holds back were stopped when the target was verified, and run in the end.
        var heldBack = RunAccount.NamesIn(run, RecordFiles.HeldBackPipelines);
        var pipelines = InventoryFile.Deserialize(File.ReadAllText(path)).Pipelines.ToLookup(
            pipeline => pipeline.Stopped && !heldBack.Contains(pipeline.Name), pipeline => pipeline.Name);
        var later = RunAccount.NamesIn(run, RecordFiles.PipelinesAtResume);
        return new PipelinesAccount([.. pipelines[false].Union(later).Order(StringComparer.Ordinal)], [.. pipelines[true]]);
    }
}

/// <summary>What became of a step.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="Uses">The kind of step.</param>
/// <param name="State">How it ended.</param>
/// <param name="Duration">How long it took when it was last begun; null where that is not known.</param>
/// <param name="Text">What it did, or why it failed; empty where nothing was written down.</param>
public sealed record StepAccount(string Id, string Uses, StepState State, TimeSpan? Duration, string Text)
{
    private static readonly JournalEvent[] Ends =
        [JournalEvent.StepDone, JournalEvent.StepFailed, JournalEvent.StepInterrupted, JournalEvent.RevertDone, JournalEvent.RevertFailed];

    internal static StepAccount Of(PlannedStep step, IEnumerable<JournalRecord> journal)
    {
        var records = journal.Where(record => record.Step == step.Id).ToList();
        var begun = records.LastOrDefault(record => record.Event is JournalEvent.StepStarted or JournalEvent.RevertStarted);
        var ended = records.LastOrDefault(record => Ends.Contains(record.Event));
        var state = RunState.Of(records).Steps.GetValueOrDefault(step.Id);
        return new StepAccount(step.Id, step.Uses, state, begun is null || ended is null ? null : ended.Time - begun.Time, ended?.Text ?? "");
    }
}
