using PachUp.Pachyderm.Inventories;

namespace PachUp.Pachyderm.Archives;

/// <summary>The content of a whole archive: the report about the file, and the cluster that it describes.</summary>
/// <param name="Report">The file.</param>
/// <param name="Inventory">
/// The cluster, as far as the archive describes it. Extracts have no times (a finished commit gets the time of the extract from the manifest, or
/// 1970), no descriptions of commits, and no stopped state of pipelines. Extracts before 1.9.6 also lack sizes of commits, output repos and some
/// pipeline fields. An output repo that is missing in the stream is added without commits and branches. Objects and tags are null if the archive
/// has only metadata.
/// </param>
public sealed record ArchiveContents(ArchiveReport Report, ClusterInventory Inventory)
{
    /// <summary>Reads a whole archive and checks it like <see cref="ArchiveInspection.VerifyAsync(string, IProgress{long}, CancellationToken)"/>.</summary>
    /// <param name="path">The path of the archive.</param>
    /// <param name="latestOf">
    /// Returns the latest point release of a line. It is used if no manifest names the release, because the operations tell only the
    /// line.
    /// </param>
    /// <param name="progress">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArchiveCorruptException">The archive is damaged, or it is empty and has no manifest.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
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
                $"The archive \"{report.Path}\" is empty and has no manifest, so its release is unknown. "
                + "It is either the extract of an empty cluster or a failed extract.");

    private static ClusterInventory WithCounts(ClusterInventory inventory, ArchiveSummary summary) =>
        summary.Objects > 0 ? inventory with { Objects = summary.Objects, Tags = summary.Tags } : inventory;
}
