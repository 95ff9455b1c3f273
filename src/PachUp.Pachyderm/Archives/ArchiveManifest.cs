using System.Text.Json;
using System.Text.Json.Serialization;
using PachUp.Common.Files;

namespace PachUp.Pachyderm.Archives;

/// <summary>The manifest beside an archive, in <c>ARCHIVE.manifest.json</c>. The archive format itself has no checksum and no counts.</summary>
public sealed record ArchiveManifest
{
    /// <summary>The suffix of the manifest's file name.</summary>
    public const string FileSuffix = ".manifest.json";

    private const int NewestFormat = 1;

    /// <summary>The format version of the manifest.</summary>
    public int FormatVersion { get; init; } = NewestFormat;

    /// <summary>The id of the run that wrote the archive; null if no run wrote it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Run { get; init; }

    /// <summary>Where the archive came from.</summary>
    public required ArchiveSource Source { get; init; }

    /// <summary>What it holds.</summary>
    public required ArchiveSummary Summary { get; init; }

    /// <summary>The size of the archive file in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the archive file, in lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Reads the manifest beside an archive; null if there is none.</summary>
    /// <exception cref="ArchiveCorruptException">The manifest cannot be read.</exception>
    public static async Task<ArchiveManifest?> ReadBesideAsync(string archivePath, CancellationToken cancellationToken = default)
    {
        var path = archivePath + FileSuffix;
        if (!File.Exists(path))
        {
            return null;
        }

        var text = ReadFile.Bytes(path);
        var manifest = Parse(text, path);
        return manifest.FormatVersion <= NewestFormat
            ? manifest
            : throw new ArchiveCorruptException(
                $"The manifest \"{path}\" has format version {manifest.FormatVersion}, but this PachUp supports versions up to {NewestFormat}. "
                + "Use a newer PachUp.");
    }

    internal byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(this, JsonForm.Options);

    private static ArchiveManifest Parse(byte[] text, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ArchiveManifest>(text, JsonForm.Options) ?? throw new JsonException("it holds null");
        }
        catch (JsonException e)
        {
            throw new ArchiveCorruptException(
                $"The manifest \"{path}\" cannot be read: {e.Message} To read the archive without a manifest, move the manifest to another place.", e);
        }
    }
}
