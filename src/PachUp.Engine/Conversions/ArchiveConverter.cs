using System.Collections.Immutable;
using PachUp.Engine.Planning;
using PachUp.Engine.Plugins;
using PachUp.Engine.Releases;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;
using PachUp.Verification;

namespace PachUp.Engine.Conversions;

/// <summary>
/// Converts an archive file for another line, for users who restore with pachctl. The target restores the result without the defects of its own
/// conversion.
/// </summary>
public sealed class ArchiveConverter(Catalogue catalogue, ReleaseCatalogue releases)
{
    /// <summary>Reads the whole archive, works out the result, and runs the checks. Writes nothing.</summary>
    /// <exception cref="ArchiveCorruptException">The archive is damaged.</exception>
    /// <exception cref="StepFailedException">No plugin offers a route to the target, or the inputs do not belong to the same cluster.</exception>
    /// <exception cref="FormatException">The inventory cannot be read.</exception>
    public async Task<ArchiveConversion> PlanAsync(ConversionRequest request, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var contents = await ArchiveContents.ReadAsync(
            request.Archive, line => releases.LatestOf(line)!.Release, progress.OfFile("reading the archive", request.Archive), cancellationToken);
        var archive = contents.Report.Manifest is null
            ? contents.Inventory with { Release = ArchiveRelease.Guess(contents.Inventory, releases) }
            : contents.Inventory;
        var route = FindRoute(archive, request);
        var source = await ConversionSource.CompleteAsync(archive, request, cancellationToken);
        var expectedTarget = route.PredictTarget(source.Inventory, request.Target, OptionsOf(contents.Report));
        var context = new ArchiveContext(route, contents.Report, request.Target, new Survey { Source = source.Inventory, ExpectedTarget = expectedTarget });
        var findings = await CheckRunner.AskAllAsync(context, ImmutableHashSet<string>.Empty, progress, cancellationToken);
        return new ArchiveConversion
        {
            Request = request,
            Archive = contents.Report,
            Source = source.Inventory,
            Findings = [.. source.Findings, ConversionSource.Ticking(expectedTarget.Inventory), .. findings],
            ExpectedTarget = expectedTarget,
            Route = route,
        };
    }

    /// <summary>Writes the result and its manifest. Both files appear only when they are complete.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="StepFailedException">The archive has objects, but the objects of a commit are missing.</exception>
    public static async Task<ArchiveManifest> WriteAsync(ArchiveConversion conversion, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var request = conversion.Request;
        await using var writer = ArchiveWriter.Create(request.Output);
        using var trees = new MissingTreeDetector(conversion.ExpectedTarget.Inventory);
        var rewriter = conversion.Route.CreateRewriter(conversion.Source, request.Target, OptionsOf(conversion.Archive));
        var operations = ArchiveOperations.ReadAsync(request.Archive, cancellationToken)
            .Counting("writing the new archive", conversion.Archive.Summary.Operations, "operations", progress);
        await foreach (var operation in rewriter.RewriteAsync(operations, cancellationToken))
        {
            trees.Add(operation);
            await writer.WriteAsync(operation, cancellationToken);
        }

        if (conversion.Archive.Summary.Objects > 0)
        {
            trees.ThrowIfMissing();
        }

        // The result has the format of an extract of the target's release.
        var origin = OriginOf(conversion);
        return await writer.CompleteAsync(origin with { Release = request.Target, ConvertedFrom = origin.Release }, cancellationToken);
    }

    private static MigrationOptions OptionsOf(ArchiveReport archive) => new() { CarriesObjects = archive.Summary.Objects > 0 };

    /// <summary>The source in the manifest; without a manifest, the file name and the time of the file.</summary>
    private static ArchiveSource OriginOf(ArchiveConversion conversion)
    {
        var path = conversion.Request.Archive;
        return conversion.Archive.Manifest?.Source
            ?? new ArchiveSource(Path.GetFileName(path), "unknown", conversion.Source.Release, new DateTimeOffset(File.GetLastWriteTimeUtc(path)));
    }

    private MigrationRoute FindRoute(ClusterInventory archive, ConversionRequest request)
    {
        var (from, to) = (archive.Release.Line, request.Target.Line);
        return catalogue.FindRoute(from, to) ?? throw (from == to
            ? StepFailedException.Refused(
                $"the archive \"{request.Archive}\" is already of line {from}", $"Restore it without a conversion, or choose another line than {to} with --to.")
            : StepFailedException.Refused(
                $"the archive \"{request.Archive}\" is of line {from}, and no plugin offers a route from {from} to {to}",
                $"Choose one of {string.Join(", ", catalogue.Routes.Where(route => route.From == from).Select(route => route.To).DefaultIfEmpty(from))} "
                + "with --to. \"pachup plugin list\" shows the installed plugins."));
    }
}
