using PachUp.Common.Files;

namespace PachUp.Verification.Records;

/// <summary>The archive of a run.</summary>
/// <param name="Path">Its full path on the machine of the run. Another file may be there by now.</param>
/// <param name="Sha256">Its SHA-256; null until it is complete.</param>
/// <param name="Bytes">Its size in bytes; null until it is complete.</param>
public sealed record RunArchive(string Path, string? Sha256 = null, long? Bytes = null)
{
    /// <summary>Reads the record of a run; null if the run has no archive.</summary>
    /// <exception cref="FormatException">The record is damaged.</exception>
    public static RunArchive? TryRead(string runDirectory) => JsonFile.TryRead<RunArchive>(PathIn(runDirectory));

    /// <summary>Writes the record.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string runDirectory) => JsonFile.Write(PathIn(runDirectory), this);

    private static string PathIn(string runDirectory) => System.IO.Path.Combine(runDirectory, RecordFiles.Archive);
}
