namespace PachUp.Common.Disks;

/// <summary>The failure of a change on disk, with a message that names the file and the cause.</summary>
internal static class DiskFailure
{
    /// <summary>The failure; null if the exception is not one of the disk.</summary>
    public static IOException? Of(DiskChange change, Exception exception) => exception switch
    {
        NameTakenException taken => taken,
        IOException e when e.Message.Contains(change.Path, StringComparison.Ordinal) => e,
        IOException or UnauthorizedAccessException => new IOException($"{change.FailureText()}: {exception.Message}", exception) { HResult = exception.HResult },

        // .NET throws this if a file becomes larger than its file system or a quota allows.
        ArgumentOutOfRangeException when change is DiskChange.FileWritten or DiskChange.FileCut =>
            new IOException($"the file \"{change.Path}\" cannot become larger, because its file system or a quota does not allow it", exception),
        _ => null,
    };

    /// <summary>The failure to read a file; null if the exception names the file already, or is not one of the disk.</summary>
    public static IOException? OfReading(string path, Exception exception) =>
        exception is IOException or UnauthorizedAccessException && !exception.Message.Contains(path, StringComparison.Ordinal)
            ? new IOException($"the file \"{path}\" cannot be read: {exception.Message}", exception) { HResult = exception.HResult }
            : null;
}
