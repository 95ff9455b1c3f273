namespace PachUp.Sandbox.Server.Data;

/// <summary>Where the bytes of a key are: in the database, or in a file if they are many.</summary>
/// <param name="Value">The bytes; null where they are in a file.</param>
/// <param name="File">The hash that names their file; null where they are in the database.</param>
/// <param name="Length">How many bytes there are.</param>
internal sealed record StoredBlob(byte[]? Value, string? File, long Length);
