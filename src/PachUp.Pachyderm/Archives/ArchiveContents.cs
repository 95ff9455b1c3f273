using PachUp.Pachyderm.Inventories;

namespace PachUp.Pachyderm.Archives;

/// <summary>An archive that was read whole: what is in the file, and what cluster it describes.</summary>
/// <param name="Report">The file.</param>
/// <param name="Inventory">
/// The cluster, as far as the archive tells: extracts have no times (a finished commit has the time of the extract, or 1970 where no manifest
/// tells it), no descriptions of commits and no sizes before 1.9.6, do not say which pipelines are stopped, and those before 1.9.6 lack output
/// repos and some fields of pipelines. An output repo that is not in the stream is there without commits and branches. Objects and tags are null
/// where the archive holds metadata only.
/// </param>
public sealed record ArchiveContents(ArchiveReport Report, ClusterInventory Inventory)
{
    /// <summary>Reads an archive from end to end, and checks it as <see cref="ArchiveInspection.VerifyAsync(string, IProgress{long}, CancellationToken)"/> does.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="latestOf">
    /// The latest point release of a line. It stands in where no manifest says which release the archive came from: the operations name the
    /// line alone.
    /// </param>
    /// <param name="progress">Told the bytes of the file that were read, now and then.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArchiveCorruptException">Something is wrong, or it is empty and no manifest says what of.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static async Task<ArchiveContents> ReadAsync(
        string path, Func<ReleaseLine, Release> latestOf, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var stream = new StreamInventory();
        var report = await ArchiveInspection.VerifyAsync(path, stream.Add, progress, cancellationToken).ConfigureAwait(false);
        var source = report.Manifest?.Source ?? Assumed(report, latestOf);
        return new ArchiveContents(report, WithCounts(stream.Build(source.Release, source.ClusterId, source.ExtractedAt), report.Summary));
    }

    private static ArchiveSource Assumed(ArchiveReport report, Func<ReleaseLine, Release> latestOf) =>
        report.Summary.Generation.ToLine() is { } line
            ? new ArchiveSource("", "", latestOf(line), DateTimeOffset.UnixEpoch)
            : throw new ArchiveCorruptException(
                $"The archive \"{report.Path}\" is empty, and no manifest beside it says which release it came from. "
                + "An extract of an empty cluster looks like that, and so does one that failed.");

    private static ClusterInventory WithCounts(ClusterInventory inventory, ArchiveSummary summary) =>
        summary.Objects > 0 ? inventory with { Objects = summary.Objects, Tags = summary.Tags } : inventory;
}
