using PachUp.Sandbox.Server.Data;

namespace PachUp.Sandbox.Server.Metadata;

/// <summary>Saves changes, so that they outlive the process. Safe to use from several threads.</summary>
internal interface IPersistence
{
    /// <summary>Records the changes of one transaction. They are saved together or not at all.</summary>
    void Record(IReadOnlyList<Change> changes);

    /// <summary>Returns when everything that was recorded is on disk.</summary>
    /// <exception cref="DataDirectoryException">It cannot be saved.</exception>
    void Save();
}

/// <summary>Saves nothing: the state of the sandbox ends with its process.</summary>
internal sealed class NoPersistence : IPersistence
{
    public void Record(IReadOnlyList<Change> changes)
    {
    }

    public void Save()
    {
    }
}
