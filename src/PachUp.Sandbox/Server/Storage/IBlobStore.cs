namespace PachUp.Sandbox.Server.Storage;

/// <summary>Keeps bytes under keys such as <c>object/HASH</c>. Safe to use from several threads.</summary>
internal interface IBlobStore
{
    /// <summary>The bytes under a key, which nobody may change; null where there is nothing.</summary>
    byte[]? Find(string key);

    /// <summary>How many bytes are under a key; null where there is nothing.</summary>
    long? LengthOf(string key);

    /// <summary>A part of the bytes under a key that is there; the part lies within them.</summary>
    ReadOnlyMemory<byte> Read(string key, long offset, int count);

    /// <summary>Keeps bytes under a key, in place of what was there.</summary>
    void Put(string key, byte[] value);

    /// <summary>Forgets a key; harmless where there is nothing.</summary>
    void Delete(string key);

    /// <summary>The keys that begin with <paramref name="prefix"/>, in their order.</summary>
    IReadOnlyList<string> List(string prefix);

    /// <summary>An independent store with the same content.</summary>
    IBlobStore Copy();
}
