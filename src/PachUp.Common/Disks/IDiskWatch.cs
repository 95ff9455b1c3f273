namespace PachUp.Common.Disks;

/// <summary>
/// Observes every change that PachUp makes on disk. If it throws, the change is not made, so a test can simulate a full disk, a failing disk, or the end
/// of the process at any change.
/// </summary>
internal interface IDiskWatch
{
    /// <summary>Called before a change is made.</summary>
    void Changing(DiskChange change);
}
