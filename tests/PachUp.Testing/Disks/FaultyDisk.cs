using PachUp.Common.Disks;

namespace PachUp.Testing.Disks;

/// <summary>A disk on which one change fails, or all from one on.</summary>
/// <param name="root">The directory on the disk. Changes elsewhere are not watched.</param>
/// <param name="at">The number of the change, from 1.</param>
/// <param name="fault">The fault.</param>
internal sealed class FaultyDisk(string root, int at, DiskFault fault) : IDiskWatch
{
    private readonly Lock _lock = new();
    private int _changes;

    /// <summary>The first change that failed; null if none did.</summary>
    public DiskChange? FailedAt { get; private set; }

    /// <inheritdoc/>
    public void Changing(DiskChange change)
    {
        lock (_lock)
        {
            if (change.Path.StartsWith(root, StringComparison.Ordinal) && Fails(++_changes, change))
            {
                FailedAt ??= change;
                throw DiskFaults.Of(fault);
            }
        }
    }

    private bool Fails(int number, DiskChange change) => fault switch
    {
        DiskFault.Full => number >= at && change is DiskChange.FileCreated or DiskChange.FileWritten or DiskChange.DirectoryCreated,
        DiskFault.TooManyFiles => number >= at && FailedAt is null && change is DiskChange.FileCreated or DiskChange.FileOpened or DiskChange.DirectoryFlushed,
        _ => number == at,
    };
}
