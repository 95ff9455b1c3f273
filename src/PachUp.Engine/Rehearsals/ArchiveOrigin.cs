using PachUp.Engine.Planning;
using PachUp.Engine.Releases;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Engine.Rehearsals;

/// <summary>Rehearses with an archive from <c>pachctl extract</c> or PachUp, with or without objects.</summary>
public sealed class ArchiveOrigin : IRehearsalOrigin
{
    private readonly ArchiveContents _archive;
    private readonly Release _release;
    private readonly bool _isGuessed;

    private ArchiveOrigin(ArchiveContents archive, Release release, bool isGuessed) => (_archive, _release, _isGuessed) = (archive, release, isGuessed);

    /// <inheritdoc/>
    public string Name => _archive.Report.Path;

    /// <summary>Reads and checks a whole archive.</summary>
    /// <param name="path">The path of the archive.</param>
    /// <param name="release">The release that wrote the archive; null to take it from the manifest or guess it from the content.</param>
    /// <param name="releases">The known releases.</param>
    /// <param name="progress">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArchiveCorruptException">The archive is damaged or empty.</exception>
    /// <exception cref="StepFailedException">The given release does not write archives of this format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static async Task<ArchiveOrigin> OpenAsync(
        string path, Release? release, ReleaseCatalogue releases, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var archive = await ArchiveContents.ReadAsync(
            path,
            line => release ?? releases.LatestOf(line)?.Release ?? new Release(line.Major, line.Minor, 0),
            progress.OfFile("reading the archive", path),
            cancellationToken);
        ThrowIfOfAnotherGeneration(archive, release);
        return (release ?? archive.Report.Manifest?.Source.Release) is { } known
            ? new ArchiveOrigin(archive, known, isGuessed: false)
            : new ArchiveOrigin(archive, ArchiveRelease.Guess(archive.Inventory, releases), isGuessed: true);
    }

    /// <inheritdoc/>
    public Task<(Release Release, bool IsGuessed)> GetReleaseAsync(CancellationToken cancellationToken) => Task.FromResult((_release, _isGuessed));

    /// <inheritdoc/>
    public Task<OriginSurvey> SurveyAsync(PlanRequest request, IRehearsalClusters clusters, CancellationToken cancellationToken)
    {
        var completed = ArchivedOutputs.Complete(_archive.Inventory with { Release = _release });
        clusters.Fill(completed.Inventory, completesSpecs: true);
        var summary = _archive.Report.Summary;
        return Task.FromResult(new OriginSurvey
        {
            ClusterId = completed.Inventory.ClusterId,
            Contents = ClusterContents.Of(completed.Inventory),
            Objects = summary.Objects > 0 ? new ObjectStatistics(summary.Objects, summary.ObjectBytes, summary.Objects) : null,
            Gaps =
            [
                .. completed.Gaps,
                .. summary.Objects == 0 && request.Document.CarriesObjects() ? ["The size of the objects: the archive contains no objects."] : Array.Empty<string>(),
            ],
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void ThrowIfOfAnotherGeneration(ArchiveContents archive, Release? release)
    {
        var found = archive.Report.Summary.Generation;
        if (release is not null && found is not OperationGeneration.None && ReleaseTraits.Of(release).Generation != found)
        {
            throw new StepFailedException(
                $"the archive \"{archive.Report.Path}\" has the format of line {found.ToLineText()}, which pachd {release} does not write",
                "Correct --release. Or omit it, then PachUp guesses the release.");
        }
    }
}
