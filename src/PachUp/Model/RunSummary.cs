using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Verification.AfterWork;
using PachUp.Verification.LateWrites;

namespace PachUp.Model;

/// <summary>A run in one line.</summary>
internal sealed record RunSummary
{
    /// <summary>The run's id.</summary>
    public required string Id { get; init; }

    /// <summary>The run's directory.</summary>
    public required string Path { get; init; }

    /// <summary>Its state: <c>done</c>, <c>stopped</c>, <c>not started</c>, <c>rolled back</c>, <c>partly rolled back</c> or <c>unreadable</c>.</summary>
    public required string State { get; init; }

    /// <summary>The plan; null if the run's files cannot be read.</summary>
    public PlanPreview? Plan { get; init; }

    /// <summary>When it started; null if unknown.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>What happened in it, in order.</summary>
    public IReadOnlyList<JournalRecord> Journal { get; init; } = [];

    /// <summary>Whether the output of its target was proved. A run that was rolled back has no output to prove.</summary>
    public OutputProofState Outputs { get; init; }

    /// <summary>The comparison of the target's output after its workers ran; null if there was none.</summary>
    public AfterWorkReport? AfterWork { get; init; }

    /// <summary>What was written to its source after the extract, at the last look; null if it has not looked.</summary>
    public LateWriteReport? LateWrites { get; init; }

    /// <summary>What its catch-ups have carried, pass by pass.</summary>
    public IReadOnlyList<CarriedPass> CarriedLate { get; init; } = [];

    /// <summary>Why it cannot be read; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Reads a run. A damaged run is shown as such, so that it does not hide the others.</summary>
    public static RunSummary Of(RunDirectory run)
    {
        try
        {
            var records = Engine.Runs.Journals.Journal.Read(run.File(RunFiles.Journal));
            var state = RunState.Of(records);
            return new RunSummary
            {
                Id = run.Id,
                Path = run.Path,
                State = Describe(state),
                Plan = RunRecord.ReadPreview(run),
                Started = records is [var first, ..] ? first.Time : null,
                Journal = records,
                Outputs = state.RollbackStarted ? OutputProofState.Nothing : OutputProof.Of(run.Path),
                AfterWork = OutputProof.TryReadReport(run.Path),
                CarriedLate = CarriedPass.ReadAll(run.Path),
                LateWrites = state.RollbackStarted ? null : LateWriteReport.TryRead(run.Path),
            };
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return new RunSummary { Id = run.Id, Path = run.Path, State = "unreadable", Problem = e.Message };
        }
    }

    private static string Describe(RunState state) => state switch
    {
        { HasStarted: false } => "not started",
        { IsDone: true, RollbackStarted: false } => "done",
        { IsRolledBack: true } => "rolled back",
        { RollbackStarted: true } => "partly rolled back",
        { AreClientsBack: true } => "clients switched back",
        _ => "stopped",
    };
}
