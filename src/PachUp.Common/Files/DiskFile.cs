namespace PachUp.Common.Files;

/// <summary>
/// A file that is written. .NET reports a file that grows beyond what its file system or the user's quota allows as an argument that is out
/// of range, as if the caller had made a mistake; here it is the failure of the disk that it is.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="options">How to open it.</param>
public sealed class DiskFile(string path, FileStreamOptions options) : FileStream(path, options)
{
    // The methods for spans and memory lead to these two in every class that derives from FileStream.

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
#pragma warning disable CA1835 // Prefer the overload for memory: that one leads back here.
            await base.WriteAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
#pragma warning restore CA1835
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw TooLarge(e);
        }
    }

    private IOException TooLarge(Exception cause) =>
        new($"The file \"{Name}\" cannot become larger: its file system or a quota does not allow more.", cause);
}
