namespace PachUp.Testing.Disks;

/// <summary>A fault of a disk.</summary>
public enum DiskFault
{
    /// <summary>From one moment on, nothing new can be written.</summary>
    Full,

    /// <summary>One change fails.</summary>
    Broken,

    /// <summary>At one moment, the process has too many open files.</summary>
    TooManyFiles,

    /// <summary>One part of a file cannot be read.</summary>
    Unreadable,
}

/// <summary>The errors of faults, as .NET reports them.</summary>
internal static class DiskFaults
{
    /// <summary>The error of a fault.</summary>
    public static IOException Of(DiskFault fault) => fault switch
    {
        DiskFault.Full => NoSpace(),
        DiskFault.Broken or DiskFault.Unreadable => new IOException("Input/output error", 5),
        _ => new IOException("Too many open files", 24),
    };

    /// <summary>The disk is full.</summary>
    public static IOException NoSpace() => new("No space left on device", 28);
}
