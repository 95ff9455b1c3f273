using PachUp.Sandbox.Server.Data;

namespace PachUp.Sandbox.Server.Metadata;

/// <summary>Keeps changes beyond the end of the process. Safe to use from several threads.</summary>
internal interface IPersistence
{
    /// <summary>Takes what one transaction changed; later all of it is kept, or nothing.</summary>
    void Record(IReadOnlyList<Change> changes);

    /// <summary>Returns when everything that was recorded before is kept, whatever happens to the process or the machine.</summary>
    /// <exception cref="DataDirectoryException">It cannot be kept.</exception>
    void Save();
}

/// <summary>Keeps nothing: what a sandbox holds ends with its process.</summary>
internal sealed class NoPersistence : IPersistence
{
    public void Record(IReadOnlyList<Change> changes)
    {
    }

    public void Save()
    {
    }
}
