using PachUp.Common.Disks;

namespace PachUp.Testing.Disks;

/// <summary>A disk on which one change fails, or all from one on, or one part of a file cannot be read.</summary>
/// <param name="root">The directory on the disk. Changes elsewhere are not watched.</param>
/// <param name="at">The number of the change, or of the part that is read, from 1.</param>
/// <param name="fault">The fault.</param>
internal sealed class FaultyDisk(string root, int at, DiskFault fault) : IDiskWatch
{
    private readonly Lock _lock = new();

    /// <summary>The number of changes so far.</summary>
    public int Changes { get; private set; }

    /// <summary>How often something was read so far.</summary>
    public int Reads { get; private set; }

    /// <summary>What failed first; null if nothing did.</summary>
    public string? FailedAt { get; private set; }

    /// <inheritdoc/>
    public void Changing(DiskChange change)
    {
        lock (_lock)
        {
            if (change.Path.StartsWith(root, StringComparison.Ordinal) && Fails(++Changes, change))
            {
                FailedAt ??= change.ToString();
                throw DiskFaults.Of(fault);
            }
        }
    }

    /// <inheritdoc/>
    public void Reading(string path)
    {
        lock (_lock)
        {
            if (path.StartsWith(root, StringComparison.Ordinal) && ++Reads == at && fault == DiskFault.Unreadable)
            {
                FailedAt = $"read of {path}";
                throw DiskFaults.Of(fault);
            }
        }
    }

    private bool Fails(int number, DiskChange change) => fault switch
    {
        DiskFault.Full => number >= at && change is DiskChange.FileCreated or DiskChange.FileWritten or DiskChange.DirectoryCreated,
        DiskFault.TooManyFiles => number >= at && FailedAt is null && change is DiskChange.FileCreated or DiskChange.FileOpened or DiskChange.DirectoryFlushed,
        DiskFault.Broken => number == at,
        _ => false,
    };
}
