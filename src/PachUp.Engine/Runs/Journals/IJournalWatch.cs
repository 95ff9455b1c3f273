namespace PachUp.Engine.Runs.Journals;

/// <summary>
/// Is told of every record of a journal. What it throws passes through the run, so that a test can end one at any record, as the end of the
/// process would.
/// </summary>
public interface IJournalWatch
{
    /// <summary>A record is about to be written; where this throws, it is not.</summary>
    void Writing(JournalRecord record);

    /// <summary>A record is on disk.</summary>
    void Written(JournalRecord record);
}
