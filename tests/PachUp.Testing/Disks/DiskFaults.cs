namespace PachUp.Testing.Disks;

/// <summary>The errors of a disk, as .NET reports them.</summary>
internal static class DiskFaults
{
    /// <summary>The disk is full.</summary>
    public static IOException NoSpace() => new("No space left on device", 28);

    /// <summary>The disk is broken.</summary>
    public static IOException Broken() => new("Input/output error", 5);

    /// <summary>The process has too many open files.</summary>
    public static IOException TooManyFiles() => new("Too many open files", 24);
}
