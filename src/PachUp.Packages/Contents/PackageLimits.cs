namespace PachUp.Packages.Contents;

/// <summary>Limits for packages, so that a feed cannot fill the disk. The package of a plugin usually has a few megabytes.</summary>
public sealed record PackageLimits
{
    /// <summary>The largest size of the file, in bytes.</summary>
    public long PackedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The largest size of the unpacked content, in bytes.</summary>
    public long UnpackedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>The largest number of files.</summary>
    public int Files { get; init; } = 10_000;
}
