using PachUp.Engine.Runs.Journals;

namespace PachUp.Sdk.Testing.Environments;

/// <summary>
/// Interrupts a run at one record, as far as this is possible inside one process: from then on nothing is written any more, and every attempt to write
/// throws an exception.
/// </summary>
/// <param name="strikes">Whether to interrupt at a record; also gets whether the record is already on disk.</param>
internal sealed class CrashingJournal(Func<JournalRecord, bool, bool> strikes) : IJournalWatch
{
    /// <summary>The record at which the run was interrupted; null if it was not.</summary>
    public JournalRecord? Struck { get; private set; }

    /// <summary>Interrupts a run when a record is on disk.</summary>
    /// <param name="number">The number of the record, from 1.</param>
    public static CrashingJournal Behind(long number) => new((record, isWritten) => isWritten && record.Seq == number);

    /// <summary>Interrupts a run when a step has done its work but this is not recorded yet.</summary>
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

/// <summary>Simulates the end of the process.</summary>
internal sealed class ProcessGoneException() : Exception("simulated end of the process");
