using PachUp.Common.Files;

namespace PachUp.Pachyderm.Archives;

/// <summary>
/// Checks a whole archive: its frames and checksums, every operation, that all operations have one generation, that every object is complete, and
/// the manifest if there is one. Servers accept incomplete or mixed streams without an error, so check an archive before a restore.
/// </summary>
public static class ArchiveInspection
{
    private const int BytesBetweenNews = 1024 * 1024;

    /// <summary>Reads the whole file and reports its content. An empty file is an archive without operations.</summary>
    /// <param name="path">The path of the archive.</param>
    /// <param name="progress">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArchiveCorruptException">The archive is damaged. The message says what is wrong, and at which operation.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static Task<ArchiveReport> VerifyAsync(string path, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        VerifyAsync(path, _ => { }, progress, cancellationToken);

    /// <summary>The same, and calls a delegate for every operation.</summary>
    internal static async Task<ArchiveReport> VerifyAsync(
        string path, Action<Operation> visit, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var report = await ReadNamedAsync(path, visit, progress, cancellationToken).ConfigureAwait(false);
        var manifest = await ArchiveManifest.ReadBesideAsync(path, cancellationToken).ConfigureAwait(false);
        EnsureAgreement(report, manifest);
        return report with { Manifest = manifest };
    }

    private static async Task<ArchiveReport> ReadNamedAsync(
        string path, Action<Operation> visit, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadWholeAsync(path, visit, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (ArchiveCorruptException e)
        {
            throw new ArchiveCorruptException($"The archive \"{path}\" cannot be used. {e.Message} Extract it again.", e);
        }
    }

    private static async Task<ArchiveReport> ReadWholeAsync(
        string path, Action<Operation> visit, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await using var file = new HashingStream(ReadFile.Open(path));
        var tally = new OperationTally();
        var told = 0L;
        await foreach (var operation in ArchiveReader.ReadAsync(file, cancellationToken).ConfigureAwait(false))
        {
            Check(tally.Summary.Operations + 1, () => Take(operation, tally));
            visit(operation);
            if (file.Count - told >= BytesBetweenNews)
            {
                progress?.Report(told = file.Count);
            }
        }

        Check(tally.Summary.Operations, tally.End);
        progress?.Report(file.Count);
        return new ArchiveReport(path, file.Count, file.Sha256(), tally.Summary, Manifest: null);
    }

    private static void Take(Operation operation, OperationTally tally)
    {
        tally.Add(operation);
        OperationParsing.Parse(operation);
    }

    private static void Check(long number, Action check)
    {
        try
        {
            check();
        }
        catch (MalformedOperationException e)
        {
            throw new ArchiveCorruptException($"Operation {number} is wrong: {e.Message}.", e);
        }
    }

    private static void EnsureAgreement(ArchiveReport report, ArchiveManifest? manifest)
    {
        if (manifest is null)
        {
            return;
        }

        var (what, says, found) = manifest switch
        {
            _ when manifest.Bytes != report.Bytes => ("size in bytes", $"{manifest.Bytes}", $"{report.Bytes}"),
            _ when manifest.Sha256 != report.Sha256 => ("SHA-256", manifest.Sha256, report.Sha256),
            _ when manifest.Summary != report.Summary => ("content", $"{manifest.Summary}", $"{report.Summary}"),
            _ => default,
        };
        if (what is not null)
        {
            throw new ArchiveCorruptException(
                $"The archive \"{report.Path}\" does not match its manifest: its {what} is {found}, but the manifest has {says}.");
        }
    }
}
