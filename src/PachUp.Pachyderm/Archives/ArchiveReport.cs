namespace PachUp.Pachyderm.Archives;

/// <summary>The report about an archive that was read completely.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Bytes">The size of the file in bytes.</param>
/// <param name="Sha256">The SHA-256 of the file, in lower-case hex digits.</param>
/// <param name="Summary">The counts of its content.</param>
/// <param name="Manifest">The manifest, which matches the file; null if there is none.</param>
public sealed record ArchiveReport(string Path, long Bytes, string Sha256, ArchiveSummary Summary, ArchiveManifest? Manifest);
