namespace PachUp.Sandbox.Server.Data;

/// <summary>Where the bytes under a key are: in the database, or, if they are many, in a file that is named by their hash.</summary>
/// <param name="Value">The bytes; null where they are in a file.</param>
/// <param name="File">The hash by which their file is found; null where they are in the database.</param>
/// <param name="Length">How many they are.</param>
internal sealed record StoredBlob(byte[]? Value, string? File, long Length);
