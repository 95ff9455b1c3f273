namespace PachUp.Common.Disks;

/// <summary>
/// Observes every change that PachUp makes on disk, and what it reads of runs and archives. If it throws, the change is not made, so a test can simulate a
/// full disk, a failing disk, or the end of the process at any change.
/// </summary>
internal interface IDiskWatch
{
    /// <summary>Called before a change is made.</summary>
    void Changing(DiskChange change);

    /// <summary>Called before a file is opened to read it, and before each part of it is read.</summary>
    /// <param name="path">The full path of the file.</param>
    void Reading(string path)
    {
        // Most watches only look at changes.
    }
}
