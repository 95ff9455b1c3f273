using PachUp.Common.Disks;

namespace PachUp.Testing.Disks;

/// <summary>
/// Simulates the end of the process at a change on disk, as far as this is possible inside one process: that change and all later ones are not made, and
/// throw an exception.
/// </summary>
/// <param name="ends">Whether the process ends before a change.</param>
internal sealed class EndingDisk(Func<DiskChange, bool> ends) : IDiskWatch
{
    /// <summary>The change at which the process ended; null if it did not.</summary>
    public DiskChange? EndedAt { get; private set; }

    /// <inheritdoc/>
    public void Changing(DiskChange change)
    {
        if (EndedAt is null && ends(change))
        {
            EndedAt = change;
        }

        if (EndedAt is not null)
        {
            throw new ProcessEndedException();
        }
    }
}

/// <summary>Simulates the end of the process.</summary>
internal sealed class ProcessEndedException() : Exception("simulated end of the process");
