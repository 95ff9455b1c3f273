using System.Collections.Immutable;
using PachUp.Common;
using PachUp.Common.Text;
using PachUp.Engine.Planning;
using PachUp.Engine.Plugins;
using PachUp.Engine.Releases;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Releases;
using PachUp.Sdk;

namespace PachUp.Engine.Conversions;

/// <summary>
/// Does a rewriter's work on a file, for people who have to restore with pachctl itself: the result is an archive that the target restores without
/// the defects of its own conversion.
/// </summary>
public sealed class ArchiveConverter(Catalogue catalogue, ReleaseCatalogue releases)
{
    /// <summary>Reads the archive whole, foresees what becomes of it, and asks the checks. Writes nothing.</summary>
    /// <exception cref="ArchiveCorruptException">Something is wrong with the archive.</exception>
    /// <exception cref="StepFailedException">There is no way to the target, or what was given does not belong together.</exception>
    /// <exception cref="FormatException">The inventory cannot be read.</exception>
    public async Task<ArchiveConversion> PlanAsync(ConversionRequest request, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var read = new InlineProgress<long>(bytes => progress?.Report($"read {Words.Bytes(bytes)}"));
        var contents = await ArchiveContents.ReadAsync(request.Archive, line => releases.LatestOf(line)!.Release, read, cancellationToken);
        var archive = contents.Report.Manifest is null
            ? contents.Inventory with { Release = ArchiveRelease.Guess(contents.Inventory, releases) }
            : contents.Inventory;
        var route = FindRoute(archive, request);
        var source = await ConversionSource.CompleteAsync(archive, request, cancellationToken);
        var foresight = route.Foresee(source.Inventory, request.Target, OptionsOf(contents.Report));
        var context = new ArchiveContext(route, contents.Report, request.Target, new Survey { Source = source.Inventory, Foresight = foresight });
        var findings = await CheckRunner.AskAllAsync(context, ImmutableHashSet<string>.Empty, cancellationToken);
        return new ArchiveConversion
        {
            Request = request,
            Archive = contents.Report,
            Source = source.Inventory,
            Findings = [.. source.Findings, ConversionSource.Ticking(foresight.Expected), .. findings],
            Foresight = foresight,
            Route = route,
        };
    }

    /// <summary>Writes the result and its manifest; both appear when they are complete.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="StepFailedException">The archive has objects, and those of a commit are not among them.</exception>
    public static async Task<ArchiveManifest> WriteAsync(ArchiveConversion conversion, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var request = conversion.Request;
        await using var writer = ArchiveWriter.Create(request.Output);
        using var trees = new TreeWatch(conversion.Foresight.Expected);
        var rewriter = conversion.Route.CreateRewriter(conversion.Source, request.Target, OptionsOf(conversion.Archive));
        await foreach (var operation in rewriter.RewriteAsync(ArchiveOperations.ReadAsync(request.Archive, cancellationToken), cancellationToken))
        {
            trees.See(operation);
            await writer.WriteAsync(operation, cancellationToken);
            progress?.Report($"wrote {Words.Count(writer.Summary.Operations, "operation")}");
        }

        if (conversion.Archive.Summary.Objects > 0)
        {
            trees.ThrowIfMissing();
        }

        // It reads as an extract of the target's release does.
        var origin = OriginOf(conversion);
        return await writer.CompleteAsync(origin with { Release = request.Target, ConvertedFrom = origin.Release }, cancellationToken);
    }

    private static MigrationOptions OptionsOf(ArchiveReport archive) => new() { CarriesObjects = archive.Summary.Objects > 0 };

    /// <summary>Without a manifest nobody knows where and when; the file itself is the best witness.</summary>
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
                $"the archive \"{request.Archive}\" is of {from} already", $"Restore it as it is, or choose another line than {to} with --to.")
            : StepFailedException.Refused(
                $"no plugin knows the way from {from}, which the archive \"{request.Archive}\" is of, to {to}",
                $"Choose one of {string.Join(", ", catalogue.Routes.Where(route => route.From == from).Select(route => route.To).DefaultIfEmpty(from))} "
                + "with --to; \"pachup plugin list\" shows what is there."));
    }
}
