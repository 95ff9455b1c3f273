using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Records;

/// <summary>The failure of a run whose directory was removed during the run. Without its journal, the run can be neither resumed nor rolled back.</summary>
internal static class RunDirectoryRemoved
{
    /// <summary>The failure, with the state of the clusters.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step that was running.</param>
    /// <param name="plan">The plan of the run.</param>
    /// <param name="records">The records of the journal.</param>
    public static StepFailedException Failure(RunDirectory run, string step, PlannedMigration plan, IEnumerable<JournalRecord> records)
    {
        var done = records
            .Where(record => record.Event == JournalEvent.StepDone)
            .Select(record => $"{record.Step} ({record.Text})")
            .ToList();
        return new StepFailedException(
            $"the directory of the run, \"{run.Path}\", was removed during the run",
            "The run can be neither resumed nor rolled back, because its journal was in that directory. "
            + $"Finished steps: {(done.Count > 0 ? string.Join(", ", done) : "none")}. The step \"{step}\" may be half done. "
            + $"Check the source ({plan.Clusters.Source.Address}) and the target ({plan.Clusters.Target.Address}) with \"pachup status\", then make a new plan.");
    }
}
