using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Sdk;

/// <summary>What a step can read for a preview. Nothing in it changes a cluster.</summary>
public interface IStepContext
{
    /// <summary>What the plan is for.</summary>
    PlanPurpose Purpose { get; }

    /// <summary>The cluster that is migrated. In a plan with one cluster, source and target are the same.</summary>
    ICluster Source { get; }

    /// <summary>The cluster that receives the state. In place it has the address of the source.</summary>
    ICluster Target { get; }

    /// <summary>Whether the old and the new cluster use one address, one after the other.</summary>
    bool IsInPlace { get; }

    /// <summary>Whether objects and tags are sent in the stream; otherwise the target finds them in the bucket.</summary>
    bool CarriesObjects { get; }

    /// <summary>Whether the plan copies the bucket of the source for the target, so that the target finds objects only after that.</summary>
    bool CopiesBucket => false;

    /// <summary>
    /// The path of the archive that the plan writes; null if it writes none. Before a run has started, the path contains a placeholder for the run's
    /// folder.
    /// </summary>
    string? ArchivePath => null;

    /// <summary>The release of the target; in a plan without migration, the release of the cluster.</summary>
    Release TargetRelease { get; }

    /// <summary>The options of the migration; use them for calls of the route.</summary>
    MigrationOptions Options => MigrationOptions.Default;

    /// <summary>The route between the two lines; within one line, a route that changes nothing.</summary>
    MigrationRoute Route { get; }

    /// <summary>The facts about the clusters when the plan was made.</summary>
    Survey Survey { get; }

    /// <summary>Every check that this migration asks: the built-in checks, those of the route, and those of plugins.</summary>
    ImmutableArray<ICheck> Checks { get; }

    /// <summary>
    /// For details that help to explain a problem. While a step executes, they are written to <c>steps.log</c> of the run, without secrets; during a
    /// preview they are not kept.
    /// </summary>
    ILogger Log { get; }
}

/// <summary>What a step can use while it executes.</summary>
public interface IStepExecution : IStepContext
{
    /// <summary>The id of the step in the plan.</summary>
    string StepId { get; }

    /// <summary>The directory of this run, for all files that the run keeps. It exists.</summary>
    string RunDirectory { get; }

    /// <summary>Receives the progress, as often as it changes.</summary>
    IProgress<StepProgress> Progress { get; }

    /// <summary>The clock.</summary>
    TimeProvider Time { get; }

    /// <summary>What this step recorded in this run, oldest first, in this process or in an earlier one that was interrupted.</summary>
    IReadOnlyList<Checkpoint> Checkpoints { get; }

    /// <summary>
    /// Records a fact about the progress of this step, so that the step can continue there after an interruption. It is on disk when this returns.
    /// Record
    /// what happened after it has happened, and what is about to happen before it happens.
    /// </summary>
    /// <exception cref="IOException">The journal cannot be written; the step must not continue.</exception>
    void Record(Checkpoint checkpoint);
}

/// <summary>The progress of a step.</summary>
/// <param name="Text">What is being done: <c>sending objects</c>.</param>
/// <param name="Done">How much is done; null if it is not counted.</param>
/// <param name="Total">How much there is; null if this is not known.</param>
/// <param name="Unit">What is counted; <see cref="BytesUnit"/> for bytes.</param>
public sealed record StepProgress(string Text, long? Done = null, long? Total = null, string Unit = "")
{
    /// <summary>The unit that is shown as KB, MB and so on.</summary>
    public const string BytesUnit = "bytes";

    /// <summary>The progress of a step that reads an inventory.</summary>
    public static StepProgress Of(InventoryProgress progress) => new(progress.Text, progress.Done, progress.Total, progress.Unit);

    /// <summary>Whether a log should show a change of the text at once, not only from time to time.</summary>
    public bool IsNews { get; init; }
}
