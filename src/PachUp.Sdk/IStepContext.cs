using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PachUp.Pachyderm;

namespace PachUp.Sdk;

/// <summary>What a step may know while it looks. Nothing in it changes a cluster.</summary>
public interface IStepContext
{
    /// <summary>What the plan is for.</summary>
    PlanPurpose Purpose { get; }

    /// <summary>The cluster that is left behind. A plan of one cluster has the same one as source and target.</summary>
    ICluster Source { get; }

    /// <summary>The cluster that is moved to. In place it has the address of the source.</summary>
    ICluster Target { get; }

    /// <summary>Whether what the source is and what the target will be have one address, so that one of them at a time answers there.</summary>
    bool IsInPlace { get; }

    /// <summary>Whether objects and tags travel in the stream; otherwise the target finds them in the bucket.</summary>
    bool CarriesObjects { get; }

    /// <summary>Where the plan writes its archive; null where it writes none. Of a run that has not begun, the name of the run's folder stands for it.</summary>
    string? ArchivePath => null;

    /// <summary>The release that is moved to; that of the cluster itself in a plan that moves nothing.</summary>
    Release TargetRelease { get; }

    /// <summary>What was chosen about the migration; the route is to be asked with it.</summary>
    MigrationOptions Options => MigrationOptions.Default;

    /// <summary>The way between the two lines; within one line, the way that changes nothing.</summary>
    MigrationRoute Route { get; }

    /// <summary>What was found out about the clusters when the plan was made.</summary>
    Survey Survey { get; }

    /// <summary>Every check that is asked of this migration: the built-in ones, those of the route, and those that plugins offer.</summary>
    ImmutableArray<ICheck> Checks { get; }

    /// <summary>
    /// For details that only matter when something has to be explained. While a step acts, they are kept in <c>steps.log</c> of the run, without
    /// secrets; what is logged while it only looks is not kept.
    /// </summary>
    ILogger Log { get; }
}

/// <summary>What a step may use while it acts.</summary>
public interface IStepExecution : IStepContext
{
    /// <summary>The id of the step in the plan.</summary>
    string StepId { get; }

    /// <summary>The directory of this run, where everything that it leaves behind goes. It exists.</summary>
    string RunDirectory { get; }

    /// <summary>Told where the work is, as often as there is news.</summary>
    IProgress<StepProgress> Progress { get; }

    /// <summary>The time, from outside.</summary>
    TimeProvider Time { get; }

    /// <summary>What this step recorded in this run, oldest first: in this process, or in an earlier one that was interrupted.</summary>
    IReadOnlyList<Checkpoint> Checkpoints { get; }

    /// <summary>
    /// Records a fact about the progress of this step, so that it can go on from there after an interruption. It is on disk when this returns:
    /// record what has happened after it has happened, and what is about to happen before it does.
    /// </summary>
    /// <exception cref="IOException">The journal cannot be written; the step must not go on.</exception>
    void Record(Checkpoint checkpoint);
}

/// <summary>Where the work of a step is.</summary>
/// <param name="Text">What is being done: <c>sending objects</c>.</param>
/// <param name="Done">How much is done; null where it is not counted.</param>
/// <param name="Total">How much there is; null where nobody knows.</param>
/// <param name="Unit">What is counted; <see cref="BytesUnit"/> for bytes.</param>
public sealed record StepProgress(string Text, long? Done = null, long? Total = null, string Unit = "")
{
    /// <summary>The unit that is shown as KB, MB and so on.</summary>
    public const string BytesUnit = "bytes";

    /// <summary>Whether a change of the text is news that whoever reads a log should have at once, and not now and then.</summary>
    public bool IsNews { get; init; }
}
