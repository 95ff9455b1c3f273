namespace PachUp.Pachyderm.Archives;

/// <summary>What stands beside an archive, in <c>ARCHIVE.manifest.json</c>: the format itself has no checksum and no counts.</summary>
public sealed record ArchiveManifest
{
    /// <summary>The end of the manifest's file name.</summary>
    public const string FileSuffix = ".manifest.json";

    /// <summary>The version of this file's form; 1 so far.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Where the archive came from.</summary>
    public required ArchiveSource Source { get; init; }

    /// <summary>What it holds.</summary>
    public required ArchiveSummary Summary { get; init; }

    /// <summary>The size of the archive file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the archive file, in lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Reads the manifest beside an archive; null where there is none.</summary>
    /// <exception cref="ArchiveCorruptException">The manifest cannot be understood.</exception>
    public static Task<ArchiveManifest?> ReadBesideAsync(string archivePath, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
