using PachUp.Engine.Planning;
using PachUp.Engine.Runs.Journals;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Engine.Runs.Records;

/// <summary>The failure of a run whose directory was removed while it worked: without a journal nobody can go on with it, or go back.</summary>
internal static class RunGone
{
    /// <summary>Says what is so on the clusters.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step that noticed it.</param>
    /// <param name="plan">What was carried out.</param>
    /// <param name="records">The records of the journal up to then.</param>
    public static StepFailedException During(RunDirectory run, string step, PlannedMigration plan, IEnumerable<JournalRecord> records)
    {
        var done = records
            .Where(record => record.Event == JournalEvent.StepDone)
            .Select(record => $"{record.Step} ({record.Text})")
            .ToList();
        return new StepFailedException(
            $"the directory of the run, \"{run.Path}\", was removed while the run worked",
            $"The run can be neither resumed nor rolled back, since its journal was there. The source ({plan.Clusters.Source.Address}) and the target "
            + $"({plan.Clusters.Target.Address}) are as its steps left them: {(done.Count > 0 ? $"done are {string.Join(", ", done)}" : "no step is done")}; "
            + $"\"{step}\" may be half done. Look at both with \"pachup status\", and make a new plan from there.");
    }
}
