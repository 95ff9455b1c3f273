namespace PachUp.Engine.Runs.Journals;

/// <summary>
/// Observes every record of a journal. If it throws, the run ends with that exception, so a test can simulate the end of the process at any record.
/// </summary>
public interface IJournalWatch
{
    /// <summary>Called before a record is written. If this throws, the record is not written.</summary>
    void Writing(JournalRecord record);

    /// <summary>Called after a record is on disk.</summary>
    void Written(JournalRecord record);
}
