using PachUp.Engine.Runs.Journals;

namespace PachUp.Sdk.Testing.Stages;

/// <summary>
/// Ends a run at one record, as far as that can be done in the process: from there on nothing is written any more, and whoever tries gets an
/// exception.
/// </summary>
/// <param name="strikes">Whether it ends here: given a record, and whether it is on disk already.</param>
internal sealed class CrashingJournal(Func<JournalRecord, bool, bool> strikes) : IJournalWatch
{
    /// <summary>The record that the run ended at; null while it has not.</summary>
    public JournalRecord? Struck { get; private set; }

    /// <summary>Ends a run when a record is on disk.</summary>
    /// <param name="number">Which one, from 1.</param>
    public static CrashingJournal Behind(long number) => new((record, isWritten) => isWritten && record.Seq == number);

    /// <summary>Ends a run when a step has done its work, before that is written.</summary>
    public static CrashingJournal BeforeEndOf(string step) =>
        new((record, isWritten) => !isWritten && record.Event == JournalEvent.StepDone && record.Step == step);

    /// <inheritdoc/>
    public void Writing(JournalRecord record) => Look(record, isWritten: false);

    /// <inheritdoc/>
    public void Written(JournalRecord record) => Look(record, isWritten: true);

    private void Look(JournalRecord record, bool isWritten)
    {
        if (Struck is null && strikes(record, isWritten))
        {
            Struck = record;
        }

        if (Struck is not null)
        {
            throw new ProcessGoneException();
        }
    }
}

/// <summary>Stands for the end of the process.</summary>
internal sealed class ProcessGoneException() : Exception("the process ended here, as far as this run is concerned");
