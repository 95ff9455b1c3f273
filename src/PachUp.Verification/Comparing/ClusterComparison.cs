using PachUp.Pachyderm;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Files;
using PachUp.Verification.Listings;

namespace PachUp.Verification.Comparing;

/// <summary>
/// Compares two of these: live clusters, archives and saved inventories. If the two have different release lines, the route between the lines
/// tells what the second has to contain.
/// </summary>
/// <param name="findRoute">Finds the route between two lines; null if no plugin has it.</param>
/// <param name="undoPauses">Returns the inventory with those pipelines running that a run has paused.</param>
public sealed class ClusterComparison(Func<ReleaseLine, ReleaseLine, MigrationRoute?> findRoute, Func<ClusterInventory, ClusterInventory> undoPauses)
{
    /// <summary>The options of the migration between the two.</summary>
    public MigrationOptions Migration { get; init; } = MigrationOptions.Default;

    /// <summary>Compares the two.</summary>
    /// <param name="source">The expected state.</param>
    /// <param name="target">The actual state.</param>
    /// <param name="options">What to compare in addition to the inventories.</param>
    /// <param name="progress">Receives what is being read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FormatException">A file is not an inventory.</exception>
    /// <exception cref="ArchiveCorruptException">An archive cannot be read.</exception>
    /// <exception cref="WrongPlaceException">Files have to be compared, but one of the two is not a cluster that answers.</exception>
    /// <exception cref="StepFailedException">No plugin has a route between the two lines.</exception>
    public async Task<VerificationReport> CompareAsync(
        ComparedPlace source, ComparedPlace target, DeepOptions options, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        options.ThrowUnlessPossible(source, target);
        var places = new PlaceReader(progress);
        var expected = await places.ReadAsync(source, new InventoryOptions { ProbeFiles = true }, cancellationToken);
        using var listed = await SourceListing.OfAsync(source, expected, StoppedByRuns(expected.Inventory), progress, cancellationToken);
        expected = expected with { Inventory = listed.AddTo(expected.Inventory) };
        var actual = await places.ReadAsync(target, new InventoryOptions { CountObjects = true }, cancellationToken);
        var gaps = new ComparisonGaps(expected, actual);
        var predicted = PredictTarget(undoPauses(expected.Inventory), actual.Inventory);
        var expectedTarget = gaps.Narrow(predicted);
        var (narrowed, probed) = await ProbeAsync(expectedTarget, actual.Inventory, target, progress, cancellationToken);
        var report = Verifier.Compare(narrowed, gaps.Widen(probed, narrowed.Inventory)) with
        {
            NotCompared = gaps.Sentences,
            OutputsToProve = OutputProof.CountToProve(expected.Inventory, narrowed.RecomputedRepos),
        };
        report = gaps.HasClosedObjects
            ? await WithStandInAsync(report, narrowed.Inventory, source, target, options, progress, cancellationToken)
            : await WithListingAsync(report, listed, predicted, target, progress, cancellationToken);
        return await CompareFilesAsync(report, narrowed.Inventory, source, target, options, progress, cancellationToken);
    }

    /// <summary>The pipelines that stand still only because a run has stopped them.</summary>
    private List<string> StoppedByRuns(ClusterInventory source)
    {
        var running = undoPauses(source);
        return [.. source.Pipelines.Where(pipeline => pipeline.Stopped && running.FindPipeline(pipeline.Name) is { Stopped: false }).Select(pipeline => pipeline.Name)];
    }

    /// <summary>Compares objects and tags one by one, where both places tell them, instead of only their numbers.</summary>
    private static async Task<VerificationReport> WithListingAsync(
        VerificationReport report,
        SourceListing listed,
        ExpectedTarget expected,
        ComparedPlace target,
        IProgress<StepProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (listed.Listing is null || target is not ComparedPlace.Live live)
        {
            return report;
        }

        await using var client = PachdClient.Create(live.Address);
        var options = new ListingOptions { Expected = listed.Counts, WithDatumTags = ListingOptions.ExpectsDatumTags(expected) };
        return report.With(await listed.Listing.CompareAsync(client, options, progress, cancellationToken));
    }

    /// <summary>Reads the probed files again if the target answers. For two saved inventories, only files that both contain are compared.</summary>
    private static async Task<(ExpectedTarget ExpectedTarget, ClusterInventory Actual)> ProbeAsync(
        ExpectedTarget expectedTarget, ClusterInventory actual, ComparedPlace target, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        if (target is not ComparedPlace.Live live)
        {
            return (WithProbesOfBoth(expectedTarget, actual), actual);
        }

        await using var client = PachdClient.Create(live.Address);
        var probes = await Verifier.ReadProbesAsync(client, expectedTarget.Inventory.Probes, progress, cancellationToken);
        return (expectedTarget, actual with { Probes = probes });
    }

    private static async Task<VerificationReport> WithStandInAsync(
        VerificationReport report,
        ClusterInventory expected,
        ComparedPlace source,
        ComparedPlace target,
        DeepOptions options,
        IProgress<StepProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (target is not ComparedPlace.Live right)
        {
            return report;
        }

        await using var from = source is ComparedPlace.Live left ? PachdClient.Create(left.Address) : null;
        await using var to = PachdClient.Create(right.Address);
        var standIn = new ObjectFallback(to, from is null ? null : new LiveFiles(from), options.ReadBytes, progress);
        return await standIn.AddToAsync(report, expected, options.Scope == DeepScope.None, new NoLedger(), cancellationToken);
    }

    private static async Task<VerificationReport> CompareFilesAsync(
        VerificationReport report,
        ClusterInventory expected,
        ComparedPlace source,
        ComparedPlace target,
        DeepOptions options,
        IProgress<StepProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (options.IsNone || (source, target) is not (ComparedPlace.Live left, ComparedPlace.Live right))
        {
            return report;
        }

        await using var from = PachdClient.Create(left.Address);
        await using var to = PachdClient.Create(right.Address);
        var comparison = new FileComparison(new LiveFiles(from), new LiveFiles(to), progress);
        return await options.CompareAsync(report, comparison, expected, new NoLedger(), cancellationToken);
    }

    private ExpectedTarget PredictTarget(ClusterInventory source, ClusterInventory target)
    {
        if (source.Release.Line == target.Release.Line)
        {
            return new ExpectedTarget { Inventory = source };
        }

        // A target that was sent objects has no tags of datums.
        var options = Migration with { CarriesObjects = Migration.CarriesObjects || target.Tags < source.Tags };
        return findRoute(source.Release.Line, target.Release.Line)?.PredictTarget(source, target.Release, options)
            ?? throw new StepFailedException(
                $"no plugin has a route from {source.Release} to {target.Release}", "List the plugins with \"pachup plugin list\".");
    }

    /// <summary>A saved inventory cannot read files again, so only files that both inventories contain are compared.</summary>
    private static ExpectedTarget WithProbesOfBoth(ExpectedTarget expectedTarget, ClusterInventory actual)
    {
        var read = actual.Probes.Select(probe => (probe.Repo, probe.Branch, probe.Path)).ToHashSet();
        var both = expectedTarget.Inventory.Probes.Where(probe => read.Contains((probe.Repo, probe.Branch, probe.Path)));
        return expectedTarget with { Inventory = expectedTarget.Inventory with { Probes = [.. both] } };
    }
}
