namespace PachUp.Pachyderm.Archives;

/// <summary>
/// Checks an archive whole: the framing and its checksums, every operation parsed, one generation, no object that does not end, and
/// the manifest where there is one. Servers take a broken-off or mixed stream without complaint, so this comes before restoring.
/// </summary>
public static class ArchiveInspection
{
    /// <summary>Reads the file from end to end and says what it holds.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="progress">Told the bytes of the file that were read, now and then.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArchiveCorruptException">Something is wrong; the message says what, and at which operation.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Task<ArchiveReport> VerifyAsync(string path, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
