using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Pausing;
using PachUp.Steps.Restoring;
using PachUp.Steps.Resuming;
using PachUp.Verification;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Comparing;
using PachUp.Verification.Files;
using PachUp.Verification.Listings;
using PachUp.Verification.Records;

namespace PachUp.Steps.Verifying;

/// <summary>
/// <c>pachyderm/verify</c>: compares the content of the target with what the plan announced, item by item, and reads a file of every branch head.
/// Reading is necessary: a restore can succeed and fsck can find no error although no file is readable.
/// </summary>
internal sealed class VerifyStep : IStep<VerifyStep.Arguments>
{
    /// <summary>What the step takes.</summary>
    public sealed record Arguments
    {
        /// <summary>
        /// The commits whose files are compared by path, size and bytes: none, the branch heads, or all commits. In place, the extract step has to
        /// take
        /// fingerprints of the same commits while the source answers.
        /// </summary>
        public DeepScope Deep { get; init; }

        /// <summary>How many files of the branch heads are chosen at random and read from beginning to end; 0 for none.</summary>
        public int Sample { get; init; }

        /// <summary>
        /// The largest number of bytes of branch head files to read if objects and tags cannot be listed: reading the files replaces the comparison
        /// of
        /// objects. With 0 only one file of every branch head is read.
        /// </summary>
        public long ReadBytes { get; init; } = DeepOptions.DefaultReadBytes;
    }

    public string Name => "pachyderm/verify";

    public string Summary => "Compares what arrived with what the plan announced, and reads files back.";

    public StepTraits Traits { get; } = new() { IsSafeInRehearsal = true, ComparesTarget = true };

    public async Task<StepPreview> PreviewAsync(Arguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        var expected = context.Survey.ExpectedTarget.Inventory;
        bool? canCompare = context.Purpose == PlanPurpose.Reload ? true : (await ObjectAccesses.AskAsync(context, cancellationToken)).CanCompare(context);
        return new StepPreview(
            $"Expects {Words.Count(expected.Repos.Length, "repo")}, {Words.Count(expected.CountBranches(), "branch")}, "
            + $"{Words.Count(expected.CountCommits(), "commit")}, {Words.Count(expected.Pipelines.Length, "pipeline")}{(canCompare is false ? "" : ", all objects and tags")}; "
            + "reads a file of every branch head and compares its bytes")
        {
            Notes = [.. NotesOf(arguments, context, expected), .. NoteOnReading(arguments, canCompare)],
        };
    }

    public string DescribeRollback(Arguments arguments, IStepExecution execution) => "Nothing to undo: this step only read.";

    public async Task<StepResult> ExecuteAsync(Arguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var source = await InventoryFile.ReadAsync(Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource), cancellationToken);
        var client = execution.Target.Connect();
        var release = await client.GetReleaseAsync(cancellationToken);
        var predicted = execution.Route.PredictTarget(source, release, execution.Options);
        var expectedTarget = LivingTarget.IsThere(execution) ? LivingTarget.Of(predicted) : WithHeldBack(predicted, HeldBack(execution));

        var actual = await ReadTargetAsync(client, expectedTarget.Inventory, execution, cancellationToken);
        var later = PipelinesAtResume.Read(execution).Where(name => actual.FindPipeline(name) is null).ToList();
        expectedTarget = Without(later, expectedTarget);
        expectedTarget = IsArchiveAlone(execution) ? ComparisonGaps.OfArchiveAlone(expectedTarget, actual) : expectedTarget;
        await InventoryFile.WriteAsync(Path.Combine(execution.RunDirectory, RecordFiles.Target), actual, cancellationToken);
        ImmutableArray<string> notes = later.Count == 0
            ? []
            : [$"{Words.Count(later.Count, "pipeline")} with a cron input, which the resume step creates and compares: {Words.FirstOf(later)}."];
        var report = Verifier.Compare(expectedTarget, actual) with { NotCompared = notes, PipelinesAtResume = later.Count };
        report = execution.Purpose == PlanPurpose.Reload
            ? report with { NotCompared = [.. report.NotCompared, "Objects and tags: a reload writes every file anew, so they have other hashes."] }
            : await WithObjectsAsync(report, expectedTarget.Inventory, arguments, client, execution, cancellationToken);

        report = await WithFsckAsync(report, actual.Release, client, execution, cancellationToken);
        report = await WithFilesAsync(report, expectedTarget.Inventory, arguments, client, execution, cancellationToken);
        report = report with { OutputsToProve = OutputProof.CountToProve(execution.RunDirectory) };
        JsonFile.Write(Path.Combine(execution.RunDirectory, RecordFiles.Verification), report);

        return report.FoundLoss
            ? throw LossFound(report)
            : new StepResult($"{ArrivalLine.SummaryOf(report)}: {ArrivalLine.Of(report)}") { Notes = notes };
    }

    private static string[] NoteOnReading(Arguments arguments, bool? canCompare)
    {
        var reading = arguments.ReadBytes == 0
            ? "PachUp lists the files of all commits instead, and reads one file of every branch head (readBytes is 0)."
            : "PachUp lists the files of all commits instead, and reads those of the branch heads from beginning to end (equal content once), up to "
            + $"{Words.Bytes(arguments.ReadBytes)} (readBytes).";
        return canCompare switch
        {
            true => [],
            false => [$"Objects and tags cannot be compared: {reading}"],
            null => [$"If the target's object API cannot be reached: {reading}"],
        };
    }

    private static ImmutableArray<string> NotesOf(Arguments arguments, IStepContext context, ClusterInventory expected)
    {
        var notes = new List<string>();
        if (arguments.Deep != DeepScope.None)
        {
            var commits = Words.Count(ComparedCommit.Of(expected, arguments.Deep).Count, "commit");
            notes.Add($"Compares every file of {commits} by path, size and bytes with "
                + $"{(context.IsInPlace ? "the fingerprints that the extract step takes" : "the source")}.");
        }

        if (arguments.Sample > 0)
        {
            notes.Add($"Reads {Words.Count(arguments.Sample, "file")} of the branch heads, chosen at random, from beginning to end.");
        }

        if (OutputHead.Of(context.Survey.Source).Any(head => head.Kind != OutputKind.Outside))
        {
            notes.Add("This step cannot prove the output of pipelines, because no worker has run yet. Afterwards, run \"pachup verify RUN --after-work\".");
        }

        return [.. notes];
    }

    private static async Task<VerificationReport> WithFilesAsync(
        VerificationReport report,
        ClusterInventory expected,
        Arguments arguments,
        PachdClient client,
        IStepExecution execution,
        CancellationToken cancellationToken)
    {
        var options = new DeepOptions { Scope = arguments.Deep, Sample = arguments.Sample };
        if (options.IsNone)
        {
            return report;
        }

        var comparison = new FileComparison(SourceFiles(expected, options, execution), new LiveFiles(client), execution.Progress, headers: expected.Headers);
        return await options.CompareAsync(report, comparison, expected, new JournalLedger(execution), cancellationToken);
    }

    /// <summary>Whether there are no files beside the archive, so that only the archive's facts are known.</summary>
    private static bool IsArchiveAlone(IStepExecution execution) => File.Exists(Path.Combine(execution.RunDirectory, RecordFiles.ArchiveAlone));

    private static IFileSide SourceFiles(ClusterInventory expected, DeepOptions options, IStepExecution execution)
    {
        // The record of the run is preferred: the source may have changed since, or does not answer any more.
        var saved = new SavedFiles(Path.Combine(execution.RunDirectory, RecordFiles.SourceFiles));
        if (options.CommitsOf(expected).All(saved.Has))
        {
            return saved;
        }

        return !execution.IsInPlace
            ? new LiveFiles(execution.Source.Connect())
            : throw new StepFailedException(
                "the source does not answer any more, and the content of its files was not recorded",
                "In the next run, let the extract step take fingerprints, with: { fingerprints: heads } (or all). Resume this run with a plan "
                + "whose verify step compares no files. The archive is complete.");
    }

    private static async Task<ClusterInventory> ReadTargetAsync(
        PachdClient client, ClusterInventory expected, IStepExecution execution, CancellationToken cancellationToken)
    {
        var actual = await InventoryReader.ReadAsync(client, InventoryOptions.MetadataOnly, execution.Progress.OfInventory(), cancellationToken);
        return actual with { Probes = await Verifier.ReadProbesAsync(client, expected.Probes, execution.Progress, cancellationToken) };
    }

    /// <summary>An upgraded cluster is the cluster whose pipelines were paused.</summary>
    private static IReadOnlyList<string> HeldBack(IStepExecution execution) =>
        execution.Purpose == PlanPurpose.Upgrade ? PausedPipelines.Read(execution) : HeldBackPipelines.Read(execution);

    /// <summary>Pipelines that the run keeps stopped are stopped now; the resume step starts them.</summary>
    private static ExpectedTarget WithHeldBack(ExpectedTarget expectedTarget, IReadOnlyList<string> heldBack) => expectedTarget with
    {
        Inventory = expectedTarget.Inventory with
        {
            Pipelines =
            [
                .. expectedTarget.Inventory.Pipelines.Select(pipeline =>
                    heldBack.Contains(pipeline.Name) ? pipeline with { Stopped = true } : pipeline),
            ],
        },
    };

    /// <summary>Pipelines that the resume step creates do not exist yet; that step compares each of them with its spec.</summary>
    private static ExpectedTarget Without(IReadOnlyCollection<string> later, ExpectedTarget expectedTarget) => expectedTarget with
    {
        Inventory = expectedTarget.Inventory with { Pipelines = [.. expectedTarget.Inventory.Pipelines.Where(pipeline => !later.Contains(pipeline.Name))] },
    };

    private static async Task<VerificationReport> WithObjectsAsync(
        VerificationReport report,
        ClusterInventory expected,
        Arguments arguments,
        PachdClient client,
        IStepExecution execution,
        CancellationToken cancellationToken)
    {
        var access = await client.FindObjectAccessAsync(cancellationToken);
        var listing = ObjectListing.OfRun(execution.RunDirectory);
        if (listing.Exists && access.IsThere)
        {
            return await WithListingsAsync(report, expected, listing, client, execution, cancellationToken);
        }

        report = report with { NotCompared = [.. report.NotCompared, .. WhyNotCompared(access, execution)] };
        var source = arguments.Deep == DeepScope.None && arguments.ReadBytes > 0 ? await TryOpenSourceAsync(execution, cancellationToken) : null;
        await using (source)
        {
            var standIn = new ObjectFallback(client, source is null ? null : new LiveFiles(source), arguments.ReadBytes, execution.Progress);
            return await standIn.AddToAsync(report, expected, arguments.Deep == DeepScope.None, new JournalLedger(execution), cancellationToken);
        }
    }

    private static async Task<VerificationReport> WithListingsAsync(
        VerificationReport report,
        ClusterInventory expected,
        ObjectListing listing,
        PachdClient client,
        IStepExecution execution,
        CancellationToken cancellationToken)
    {
        var options = new ListingOptions
        {
            Expected = new ListedCounts(expected.Objects, expected.Tags),
            WithDatumTags = ListingOptions.ExpectsDatumTags(execution.Survey.ExpectedTarget),
            LostObjects = Path.Combine(execution.RunDirectory, RecordFiles.LostObjects),
            LostTags = Path.Combine(execution.RunDirectory, RecordFiles.LostTags),
        };
        return report.With(await listing.CompareAsync(client, options, execution.Progress, cancellationToken));
    }

    private static IEnumerable<string> WhyNotCompared(ObjectAccess target, IStepExecution execution) => (IsArchiveAlone(execution), target.IsThere) switch
    {
        (true, _) =>
        [
            "Objects and tags: they were not listed when the archive was extracted.",
            "Sizes of commits, whether commits are open, and fields of pipelines that the archive does not contain.",
        ],
        (_, true) => ["Objects and tags: they could not be listed on the source during the extract (--source-peer)."],
        (_, false) => [$"Objects and tags of the target: {target} (--target-peer)."],
    };

    /// <summary>
    /// A connection to the source, if it still answers as the same cluster. It is a new connection: the connection of the run would wait for a source
    /// that is switched off.
    /// </summary>
    private static async Task<PachdClient?> TryOpenSourceAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        if (execution.Purpose != PlanPurpose.Migration || execution.IsInPlace)
        {
            return null;
        }

        var source = PachdClient.Create(execution.Source.Address);
        try
        {
            if (await source.GetClusterIdAsync(cancellationToken) == execution.Survey.Source.ClusterId)
            {
                return source;
            }
        }
        catch (PachdException)
        {
            // The target can be read without the source, so any failure to reach the source is ignored.
        }

        await source.DisposeAsync();
        return null;
    }

    private static async Task<VerificationReport> WithFsckAsync(
        VerificationReport report, Release release, PachdClient client, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (!ReleaseTraits.Of(release).HasSafeFsck)
        {
            return report;
        }

        execution.Progress.Report(new StepProgress("running fsck on the target"));
        var errors = await client.FsckAsync(cancellationToken) ?? [];
        return report with { FsckErrors = [.. errors] };
    }

    private static StepFailedException LossFound(VerificationReport report)
    {
        var missing = report.Lost.Concat(report.Changed).Select(item => item.Describe()).ToList();
        return new StepFailedException(
            $"data is lost: {ArrivalLine.Of(report)}" + (missing.Count > 0 ? $"; missing or different: {Words.FirstOf(missing)}" : ""),
            "Do not use the target. The source, its archive and both inventories are complete. The run's report lists every item.")
        { Kind = FailureKind.LossFound };
    }
}
