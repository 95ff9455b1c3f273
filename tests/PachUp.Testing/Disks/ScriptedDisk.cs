using PachUp.Common.Disks;

namespace PachUp.Testing.Disks;

/// <summary>A disk on which the changes of a test are observed, and can fail.</summary>
/// <param name="changing">Called before a change. If it throws, the change is not made.</param>
internal sealed class ScriptedDisk(Action<DiskChange> changing) : IDiskWatch
{
    /// <summary>A disk that is full whenever one of some changes is made.</summary>
    public static ScriptedDisk Failing(Func<DiskChange, bool> fails) => new(change =>
    {
        if (fails(change))
        {
            throw DiskFaults.NoSpace();
        }
    });

    /// <inheritdoc/>
    public void Changing(DiskChange change) => changing(change);
}
