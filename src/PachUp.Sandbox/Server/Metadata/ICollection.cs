namespace PachUp.Sandbox.Server.Metadata;

/// <summary>A collection of messages of any type.</summary>
internal interface ICollection
{
    /// <summary>Loads a message from disk with its revisions. Not part of a transaction.</summary>
    void Load(StoredMessage stored);
}
