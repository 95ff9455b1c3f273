namespace PachUp.Sdk;

/// <summary>Arguments of a step that writes the state of the source to an archive.</summary>
public interface IWritesArchive
{
    /// <summary>Whether the archive contains objects and tags.</summary>
    bool Objects { get; }

    /// <summary>The archive file.</summary>
    string To { get; }
}
