using PachUp.Cli;
using PachUp.Common.Text;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.Runs.Records;
using PachUp.Engine.State;
using PachUp.Sandbox;
using PachUp.Verification.AfterWork;

namespace PachUp.Model;

/// <summary>Finds the run that a command is about.</summary>
/// <param name="state">Where runs are kept.</param>
internal sealed class RunChoice(StateDirectory state)
{
    /// <summary>The run of an id.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public RunDirectory Find(string id) => state.FindRun(id) ?? throw Unknown(id);

    /// <summary>The run of an id; without one, the last run for which a condition holds.</summary>
    /// <param name="id">The id; null for none.</param>
    /// <param name="condition">What has to hold.</param>
    /// <param name="purpose">What the run is wanted for: <c>resumed</c>.</param>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="FormatException">No run is named, and the journal of the last one is damaged.</exception>
    public RunDirectory FindOrLast(string? id, Func<RunState, bool> condition, string purpose) =>
        id is not null ? Find(id) : TryFindLast(condition) ?? throw NoneToBe(purpose);

    /// <summary>The run of an id; without one, the last finished run whose output is not yet proved. Clusters of a sandbox ended with their run.</summary>
    /// <param name="id">The id; null for none.</param>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="FormatException">No run is named, and the files of the last one are damaged.</exception>
    public RunDirectory FindOrLastToProve(string? id) => id is not null ? Find(id)
        : state.ListRuns().Reverse().FirstOrDefault(run => IsDone(StateOf(run)) && OutputProof.Of(run.Path) == OutputProofState.NotYet && !IsOfSandbox(run))
            ?? throw new UsageException($"no finished run in {state.Path} has output that is not yet proved", "Name a run to verify it again." + OtherPlace);

    private static bool IsDone(RunState state) => state is { IsDone: true, RollbackBegan: false };

    private static bool IsOfSandbox(RunDirectory run) => RunRecord.ReadPreview(run).Target.Platform == SandboxPlatform.PlatformName;

    private RunDirectory? TryFindLast(Func<RunState, bool> condition) => state.ListRuns().Reverse().FirstOrDefault(run => condition(StateOf(run)));

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
