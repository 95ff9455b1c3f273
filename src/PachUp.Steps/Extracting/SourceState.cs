using PachUp.Common.Text;
using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Steps.Pausing;
using PachUp.Verification;
using PachUp.Verification.AfterWork;
using PachUp.Verification.Listings;
using PachUp.Verification.Records;

namespace PachUp.Steps.Extracting;

/// <summary>What the source contains during an extract. An extract is not a snapshot, so an inventory is taken before and after it.</summary>
internal static class SourceState
{
    /// <summary>
    /// Takes the inventory and reads a file of every branch head. Lists objects and tags into the run directory if the source's object API can be
    /// reached.
    /// </summary>
    /// <exception cref="StepFailedException">Another cluster answers than the one in the plan.</exception>
    public static async Task<ClusterInventory> TakeAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var client = execution.Source.Connect();
        var inventory = await TakeInventoryAsync(execution, cancellationToken);
        var listing = ObjectListing.OfRun(execution.RunDirectory);
        if (!(await client.FindObjectAccessAsync(cancellationToken)).IsThere)
        {
            // An earlier attempt of this run may have had access to the object API.
            listing.Delete();
            return inventory;
        }

        var stopSpecs = await StoppedPipelineSpecs.ObjectsOfAsync(client, PausedPipelines.Read(execution), cancellationToken);
        var listed = await listing.SaveAsync(client, stopSpecs, execution.Progress, cancellationToken);
        return inventory with { Objects = listed.Objects, Tags = listed.Tags };
    }

    /// <summary>A wait for the ticks that the source still makes although its pipelines are stopped.</summary>
    public static async Task<TickWait> TicksAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var client = execution.Source.Connect();
        return new TickWait(client, await TickingInput.FindAsync(client, PausedPipelines.Read(execution), cancellationToken), execution);
    }

    /// <summary>Takes the inventory and reads a file of every branch head.</summary>
    /// <exception cref="StepFailedException">Another cluster answers than the one in the plan.</exception>
    public static async Task<ClusterInventory> TakeInventoryAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var inventory = await InventoryReader.ReadAsync(
            execution.Source.Connect(), new InventoryOptions { ProbeFiles = true, FindHeaders = true }, execution.Progress.OfInventory(), cancellationToken);
        ThrowIfAnotherCluster(inventory, execution);
        return inventory;
    }

    /// <summary>Takes the inventory without files, with the pipelines as they were before the pause.</summary>
    /// <exception cref="StepFailedException">Another cluster answers than the one in the plan.</exception>
    public static async Task<ClusterInventory> TakeMetadataAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var inventory = await InventoryReader.ReadAsync(
            execution.Source.Connect(), InventoryOptions.MetadataOnly, execution.Progress.OfInventory(), cancellationToken);
        ThrowIfAnotherCluster(inventory, execution);
        return AsBeforePause(inventory, execution);
    }

    /// <summary>What has changed on the source since an inventory was taken.</summary>
    public static async Task<InventoryDifference> MovedSinceAsync(ClusterInventory before, IStepExecution execution, CancellationToken cancellationToken)
    {
        var after = await InventoryReader.ReadAsync(
            execution.Source.Connect(), InventoryOptions.MetadataOnly, execution.Progress.OfInventory(), cancellationToken);
        return InventoryDifference.Between(
            AsBeforePause(before with { Probes = [], Objects = null, Tags = null }, execution), AsBeforePause(after, execution));
    }

    /// <summary>Saves the inventory in the run directory, with its pipelines as they were before the pause.</summary>
    /// <returns>The inventory that was saved.</returns>
    /// <exception cref="StepFailedException">Something would be lost or changed that the plan did not show.</exception>
    public static async Task<ClusterInventory> KeepAsync(ClusterInventory inventory, IStepExecution execution, CancellationToken cancellationToken)
    {
        var kept = AsBeforePause(inventory, execution);
        ThrowIfUnannounced(kept, execution);
        await InventoryFile.WriteAsync(Path.Combine(execution.RunDirectory, RecordFiles.ExtractedSource), kept, cancellationToken);
        return kept;
    }

    /// <summary>Describes how output of pipelines is recorded; nothing if no output is finished or a backup does not record it.</summary>
    public static IEnumerable<string> NoteOnOutputs(long mostBytes, IStepContext context) =>
        RecordsOutputs(context, mostBytes) && OutputRecorder.Describe(context.Survey.Source, mostBytes) is { } note ? [note] : [];

    /// <summary>Records the output of pipelines, so that it can be compared with the output of the target's workers later.</summary>
    public static async Task RecordOutputsAsync(
        ClusterInventory inventory, long mostBytes, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (RecordsOutputs(execution, mostBytes))
        {
            await new OutputRecorder(execution.Source.Connect(), execution.RunDirectory, execution.Progress)
                .RecordAsync(inventory, mostBytes, cancellationToken);
        }
    }

    /// <summary>A backup that may read no output does not record it.</summary>
    private static bool RecordsOutputs(IStepContext context, long mostBytes) => context.Purpose != PlanPurpose.Backup || mostBytes > 0;

    /// <summary>Describes the source of an archive that was just completed.</summary>
    public static ArchiveSource Describe(ClusterInventory inventory, IStepExecution execution) =>
        new(execution.Source.Address.Identity, inventory.ClusterId, inventory.Release, execution.Time.GetUtcNow());

    /// <summary>Marks the pipelines that this run stopped as running again, because they have to run on the target.</summary>
    private static ClusterInventory AsBeforePause(ClusterInventory inventory, IStepExecution execution) =>
        inventory.WithRunning(PausedPipelines.Read(execution).ToHashSet(StringComparer.Ordinal));

    private static void ThrowIfAnotherCluster(ClusterInventory inventory, IStepExecution execution)
    {
        var surveyed = execution.Survey.Source;
        if (inventory.ClusterId != surveyed.ClusterId)
        {
            throw new StepFailedException(
                $"another cluster answers at {execution.Source.Address} now: {inventory.ClusterId} ({inventory.Release}); "
                    + $"the plan was made for {surveyed.ClusterId} ({surveyed.Release})",
                "Check the address. Then make a new plan, or resume the run when the planned cluster answers again.");
        }
    }

    /// <summary>Stops the run if something would be left out or renamed that the plan did not show.</summary>
    private static void ThrowIfUnannounced(ClusterInventory inventory, IStepExecution execution)
    {
        var shown = execution.Survey.ExpectedTarget.Changes.Select(Identity).ToHashSet();
        var unannounced = execution.Route.PredictTarget(inventory, execution.TargetRelease, execution.Options).Changes
            .Where(change => change.Kind is ChangeKind.LeftOut or ChangeKind.Renamed && !shown.Contains(Identity(change)))
            .ToList();
        if (unannounced.Count > 0)
        {
            throw StepFailedException.Refused(
                "the source has changed since the plan was made, and these would not arrive unchanged: "
                    + Words.FirstOf([.. unannounced.Select(change => $"{change.Item.Describe()} ({change.Rule})")]),
                "Roll this run back, which starts the pipelines again. Then make a new plan.");
        }
    }

    private static (ChangeKind, ItemKind, string, string) Identity(AnnouncedChange change) =>
        (change.Kind, change.Item.Kind, change.Item.Name, change.Rule);

    /// <summary>The difference between two inventories in words.</summary>
    public static string Describe(InventoryDifference difference) => Words.FirstOf(
    [
        .. difference.Added.Select(item => $"{item.Describe()} appeared"),
        .. difference.Changed.Select(item => $"{item.Describe()} changed: {item.Detail}"),
        .. difference.Lost.Select(item => $"{item.Describe()} disappeared"),
    ]);
}
