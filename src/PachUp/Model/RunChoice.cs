using PachUp.Cli;
using PachUp.Cli.Terminals;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Sandbox;
using PachUp.Verification.AfterWork;

namespace PachUp.Model;

/// <summary>Finds the run for a command.</summary>
/// <param name="state">Where runs are kept.</param>
internal sealed class RunChoice(StateDirectory state)
{
    /// <summary>The run with an id.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public RunDirectory Find(string id) => state.FindRun(id) ?? throw Unknown(id);

    /// <summary>The run with an id; without an id, the last run for which a condition holds.</summary>
    /// <param name="id">The id; null for none.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="purpose">What the command does with the run: <c>resumed</c>.</param>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="FormatException">No run is named, and the journal of the last one is damaged.</exception>
    public RunDirectory FindOrLast(string? id, Func<RunState, bool> condition, string purpose) =>
        id is not null ? Find(id) : TryFindLast(condition) ?? throw NoneToBe(purpose);

    /// <summary>The run that a process of a job began and did not end; null if there is none.</summary>
    /// <param name="job">The id of the job; null for none.</param>
    public RunDirectory? TryFindOfJob(string? job) => job is null ? null : TryFindLast(state => state.CanResume, run => RunRecord.TryReadJob(run) == job);

    /// <summary>
    /// The run to roll back: the one of an id; without one, the only run that has not ended. Never a finished run that was not named: repeated, the
    /// command would take back one migration after the other.
    /// </summary>
    /// <param name="id">The id; null or empty for none.</param>
    /// <param name="changesNothing">Whether it is only shown what would be undone: then the last run may be a finished one.</param>
    /// <exception cref="UsageException">There is no such run, more than one, or only finished runs.</exception>
    /// <exception cref="FormatException">No run is named, and the journal of one is damaged.</exception>
    public RunDirectory FindToRollBack(string? id, bool changesNothing)
    {
        if (!string.IsNullOrEmpty(id))
        {
            return Find(id);
        }

        var runs = state.ListRuns().Reverse().Select(run => (Run: run, State: StateOf(run))).Where(run => run.State.HasStarted).ToList();
        return runs.Where(run => HasNotEnded(run.State)).Select(run => run.Run).ToList() switch
        {
            [var only] => only,
            [] when changesNothing && runs is [{ State.IsRolledBack: false } last, ..] => last.Run,
            [] when runs is [var last, ..] => throw EndedAlready(last.Run, last.State),
            [] => throw NoneToBe("rolled back"),
            var several => throw new UsageException(
                $"{several.Count} runs have not ended: {string.Join(", ", several.Select(run => run.Id))}", $"Name the one to roll back: pachup rollback {several[0].Id}"),
        };
    }

    /// <summary>Whether a run is done, and no rollback of it was started.</summary>
    public static bool IsFinished(RunDirectory run) => IsDone(StateOf(run));

    /// <summary>The run with an id; without an id, the last finished run whose output is not yet proved. Clusters of a sandbox ended with their run.</summary>
    /// <param name="id">The id; null for none.</param>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="FormatException">No run is named, and the files of the last one are damaged.</exception>
    public RunDirectory FindOrLastToProve(string? id) => id is not null ? Find(id)
        : state.ListRuns().Reverse().FirstOrDefault(run => IsDone(StateOf(run)) && OutputProof.Of(run.Path) == OutputProofState.NotYet && !IsOfSandbox(run))
            ?? throw new UsageException($"no finished run in {state.Path} has output that is not yet proved", "Name a run to verify it again." + OtherPlace);

    private static bool HasNotEnded(RunState state) => state is { IsRolledBack: false } and ({ IsDone: false } or { RollbackStarted: true });

    private static UsageException EndedAlready(RunDirectory run, RunState state) => state.IsRolledBack
        ? new($"the last run, {run.Id}, is rolled back already", "To roll back an older one, name it. \"pachup runs list\" shows the runs.")
        : new(
            $"the last run, {run.Id}, is finished: rolling it back takes back what succeeded",
            $"If you mean that: pachup rollback {run.Id} --confirm {ShellText.Quote(RunRecord.ReadPreview(run).ClusterToConfirm.Name)}");

    private static bool IsDone(RunState state) => state is { IsDone: true, RollbackStarted: false };

    private static bool IsOfSandbox(RunDirectory run) => RunRecord.ReadPreview(run).Target.Platform == SandboxPlatform.PlatformName;

    private RunDirectory? TryFindLast(Func<RunState, bool> condition, Func<RunDirectory, bool>? mayBe = null) =>
        state.ListRuns().Reverse().FirstOrDefault(run => (mayBe?.Invoke(run) ?? true) && condition(StateOf(run)));

    /// <summary>The state of a run. A run with a damaged journal is not skipped, because it may be the one that the user means.</summary>
    private static RunState StateOf(RunDirectory run)
    {
        try
        {
            return RunState.Of(Journal.Read(run.File(RunFiles.Journal)));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{e.Message}. To use another run, name it.", e);
        }
    }

    private UsageException Unknown(string id)
    {
        var ids = state.ListRuns().Select(run => run.Id).ToList();
        var remedy = NearestName.Of(id, ids) is { } nearest ? $"Did you mean \"{nearest}\"?" : "\"pachup runs list\" shows the runs.";
        return new UsageException($"there is no run \"{id}\" in {state.Path}", remedy + OtherPlace);
    }

    private UsageException NoneToBe(string purpose) =>
        new($"there is no run in {state.Path} that can be {purpose}", "\"pachup runs list\" shows the runs." + OtherPlace);

    private static string OtherPlace =>
        $" If the run is kept elsewhere, name the directory with --state-dir or {StateDirectory.EnvironmentVariable}.";
}
