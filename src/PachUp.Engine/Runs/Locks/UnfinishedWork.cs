using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Engine.Steps;
using PachUp.Sdk.Platforms;

namespace PachUp.Engine.Runs.Locks;

/// <summary>
/// Whether a run has changed a cluster, and was neither finished nor taken back. Its locks stay when its process ends, so that no other run begins on what
/// it left: with pipelines that it stopped, or without the deployment that it took down.
/// </summary>
internal static class UnfinishedWork
{
    /// <summary>Whether a run leaves something to finish or to take back.</summary>
    public static bool IsLeftBy(RunDirectory run, PlannedMigration plan)
    {
        if (!run.Exists)
        {
            return false;
        }

        try
        {
            var state = StateOf(run);
            return !HasEnded(state) && (HasTakenOver(plan) || plan.Document.Steps.Any(step => Changes(step.Step) && state.Steps.GetValueOrDefault(step.Id) is not (StepState.Pending or StepState.Reverted)));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            // Nobody knows what it did, so somebody has to look.
            return true;
        }
    }

    /// <summary>Whether a plan only reads its clusters. What another run has left there is still there afterwards.</summary>
    public static bool IsNeverLeftBy(PlannedMigration plan) => !plan.Document.Steps.Any(step => Changes(step.Step));

    /// <summary>Whether the run of a lock has ended, as far as this machine can read it. It may have been killed before it released the lock.</summary>
    public static bool HasEnded(LockHolder holder)
    {
        try
        {
            return IsReadable(holder) && DirectoryOf(holder) is { Exists: true } run && HasEnded(StateOf(run));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether the run of a lock has no journal in its state directory: its process ended between the lock and the first record, so it changed nothing. Or
    /// somebody has removed its directory; then the lock alone knows which pipelines ran.
    /// </summary>
    public static bool HasNoRecord(LockHolder holder)
    {
        try
        {
            var run = DirectoryOf(holder);
            return IsReadable(holder) && Directory.Exists(LocksBeside(run)) && !(run.Exists && StateOf(run).HasStarted);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The last step that the run of a lock started; null if this machine cannot read it.</summary>
    public static string? TryFindStep(LockHolder holder)
    {
        try
        {
            return IsReadable(holder) && DirectoryOf(holder) is { Exists: true } run
                ? Journal.Read(run.File(RunFiles.Journal)).LastOrDefault(record => record.Step.Length > 0)?.Step
                : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether the run has broken the lock of another one, so that only its own lock knows what the other one stopped.</summary>
    private static bool HasTakenOver(PlannedMigration plan) => !plan.RequireContext().Survey.StoppedByUnfinishedRuns.IsEmpty;

    private static bool HasEnded(RunState state) => state.IsRolledBack || state is { IsDone: true, RollbackStarted: false };

    private static RunState StateOf(RunDirectory run) => RunState.Of(Journal.Read(run.File(RunFiles.Journal)));

    private static bool IsReadable(LockHolder holder) => holder.Host == Environment.MachineName || JobOfProcess.SharesFilesWith(holder.Job);

    /// <summary>The directory of locks in the state directory of a run. It is there as long as the state directory is.</summary>
    private static string LocksBeside(RunDirectory run) =>
        new StateDirectory(Path.GetDirectoryName(Path.GetDirectoryName(run.Path)) ?? "/").LocksPath;

    private static RunDirectory DirectoryOf(LockHolder holder) => new(holder.Run, holder.RunDirectory);

    /// <summary>Whether a step changes a cluster. Of the steps about a deployment, some only save it or wait for it.</summary>
    private static bool Changes(StepDescriptor step) => step.Traits switch
    {
        { KeepsWritersOut: true } or { LetsWritersIn: true } or { RemovesSource: true } or { DeploysTarget: true } or { SwitchesClients: true } or { FillsTarget: true } => true,
        { ActsOnDeployment: true } => false,
        _ => step.IsRevertible,
    };
}
