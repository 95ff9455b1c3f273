using PachUp.Common.Files;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Pachyderm.Inventories;
using PachUp.Verification.Records;

namespace PachUp.Engine.Runs.Records;

/// <summary>Finds the pipelines that are stopped only because a run paused them.</summary>
/// <param name="state">The state directory.</param>
public sealed class PausedByRuns(StateDirectory state)
{
    /// <summary>The inventory without the pauses of runs that were not rolled back.</summary>
    /// <exception cref="FormatException">The files of a run are damaged.</exception>
    public ClusterInventory Undo(ClusterInventory inventory)
    {
        var paused = state.ListRuns()
            .Where(run => IsAbout(run, inventory.ClusterId) && !RunState.Of(Journal.Read(run.File(RunFiles.Journal))).IsRolledBack)
            .SelectMany(run => JsonFile.TryRead<List<string>>(run.File(RecordFiles.PausedPipelines)) ?? [])
            .ToHashSet(StringComparer.Ordinal);
        return inventory.WithRunning(paused);
    }

    private static bool IsAbout(RunDirectory run, string clusterId) =>
        File.Exists(run.File(RunFiles.Preview)) && RunRecord.ReadPreview(run).Source.ClusterId == clusterId;
}
