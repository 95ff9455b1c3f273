namespace PachUp.Sandbox.Server.Storage;

/// <summary>Stores bytes under keys such as <c>object/HASH</c>. Safe to use from several threads.</summary>
internal interface IBlobStore
{
    /// <summary>The bytes under a key; null where there are none. Do not change them.</summary>
    byte[]? Find(string key);

    /// <summary>How many bytes are under a key; null where there are none.</summary>
    long? LengthOf(string key);

    /// <summary>A part of the bytes under a key. The key must exist and the part must lie within its bytes.</summary>
    ReadOnlyMemory<byte> Read(string key, long offset, int count);

    /// <summary>Stores bytes under a key, and replaces earlier ones.</summary>
    void Put(string key, byte[] value);

    /// <summary>Deletes a key; does nothing where there is none.</summary>
    void Delete(string key);

    /// <summary>The keys that begin with <paramref name="prefix"/>, in their order.</summary>
    IReadOnlyList<string> List(string prefix);

    /// <summary>An independent store with the same content.</summary>
    IBlobStore Copy();
}
