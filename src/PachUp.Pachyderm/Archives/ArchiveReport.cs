namespace PachUp.Pachyderm.Archives;

/// <summary>What a whole reading of an archive found.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of the file, in lower-case hex digits.</param>
/// <param name="Summary">What it holds.</param>
/// <param name="Manifest">What stands beside it; null where nothing does. It agrees with the file, or the reading would have failed.</param>
public sealed record ArchiveReport(string Path, long Bytes, string Sha256, ArchiveSummary Summary, ArchiveManifest? Manifest);
