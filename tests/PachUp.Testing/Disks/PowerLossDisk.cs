using PachUp.Common.Disks;

namespace PachUp.Testing.Disks;

/// <summary>A disk that loses power at one change: that change and all later ones are not made, and what was not flushed survives in part.</summary>
/// <param name="root">The directory on the disk. Changes elsewhere are not watched.</param>
/// <param name="except">The name of a directory in it that is on another disk.</param>
/// <param name="at">The number of the change, from 1; null for never.</param>
internal sealed class PowerLossDisk(string root, string except, int? at = null) : IDiskWatch
{
    private readonly Lock _lock = new();
    private readonly DiskModel _model = new(root, except);
    private int _changes;

    /// <summary>The number of changes so far.</summary>
    public int Changes => _changes;

    /// <summary>The change at which the power was lost; null if it was not.</summary>
    public DiskChange? LostAt { get; private set; }

    /// <inheritdoc/>
    public void Changing(DiskChange change)
    {
        if (!change.Path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && change.Path != root)
        {
            return;
        }

        lock (_lock)
        {
            if (LostAt is not null || ++_changes == at)
            {
                LostAt ??= change;
                throw new ProcessEndedException();
            }

            _model.Make(change);
        }
    }

    /// <summary>Acts on this disk, to the end or until the power is lost.</summary>
    public async Task EndAsync(Func<Task> act)
    {
        using (Disk.Observe(this))
        {
            try
            {
                await act();
            }
            catch (Exception) when (LostAt is not null)
            {
                // Exceptions after the simulated end of the process do not matter.
            }
        }
    }

    /// <summary>Leaves in the directory what is on the disk when the power is back.</summary>
    public void Restart(Survival survival) => _model.WriteWhatSurvives(survival);
}
