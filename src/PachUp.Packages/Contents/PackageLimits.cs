namespace PachUp.Packages.Contents;

/// <summary>What a package may be: a plugin's is a few megabytes, and nothing that a feed sends may fill a disk.</summary>
public sealed record PackageLimits
{
    /// <summary>How large the file may be, in bytes.</summary>
    public long PackedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How large its content may be, in bytes.</summary>
    public long UnpackedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How many files it may have.</summary>
    public int Files { get; init; } = 10_000;
}
