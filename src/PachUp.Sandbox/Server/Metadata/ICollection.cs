namespace PachUp.Sandbox.Server.Metadata;

/// <summary>A collection, whatever messages it keeps.</summary>
internal interface ICollection
{
    /// <summary>Takes back a message that was kept on disk, with the revisions that it had. Not part of a transaction.</summary>
    void Load(StoredMessage stored);
}
