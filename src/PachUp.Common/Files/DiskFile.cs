namespace PachUp.Common.Files;

/// <summary>
/// A file for writing. If a file becomes larger than its file system or a quota allows, .NET throws an ArgumentOutOfRangeException. This class
/// throws an IOException instead.
/// </summary>
/// <param name="path">The path of the file.</param>
/// <param name="options">The options for opening it.</param>
public sealed class DiskFile(string path, FileStreamOptions options) : FileStream(path, options)
{
    // In classes derived from FileStream, the methods for spans and memory call these two methods.

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            base.Write(buffer, offset, count);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw TooLarge(e);
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
#pragma warning disable CA1835 // Prefer the overload for memory: that overload calls this method.
            await base.WriteAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
#pragma warning restore CA1835
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw TooLarge(e);
        }
    }

    private IOException TooLarge(Exception cause) =>
        new($"The file \"{Name}\" cannot become larger, because its file system or a quota does not allow it.", cause);
}
