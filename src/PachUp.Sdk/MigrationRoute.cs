using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Sdk;

/// <summary>A route from one line to another. It contains all knowledge about this pair of lines.</summary>
public abstract class MigrationRoute
{
    /// <summary>The line of the source.</summary>
    public abstract ReleaseLine From { get; }

    /// <summary>The line of the target.</summary>
    public abstract ReleaseLine To { get; }

    /// <summary>The oldest point release of <see cref="From"/> that it accepts.</summary>
    public abstract Release AtLeast { get; }

    /// <summary>Checks that only this pair needs.</summary>
    public virtual ImmutableArray<ICheck> Checks => [];

    /// <summary>The generation of the operations that its rewriter sends to a target.</summary>
    public virtual OperationGeneration GenerationFor(Release target) => ReleaseTraits.Of(target).Generation;

    /// <summary>
    /// Predicts what the target contains after a complete migration, and every difference from the source. The plan shows it, and verification
    /// compares
    /// with it. This only computes.
    /// </summary>
    /// <param name="source">The inventory of the source, with its pipelines as they were before the pause.</param>
    /// <param name="target">The release of the target.</param>
    /// <param name="options">The user's choices.</param>
    public abstract ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options);

    /// <summary>The same, with the default choices.</summary>
    public ExpectedTarget PredictTarget(ClusterInventory source, Release target) => PredictTarget(source, target, MigrationOptions.Default);

    /// <summary>
    /// The rewriter for one stream. Its output must agree with <see cref="PredictTarget(ClusterInventory, Release, MigrationOptions)"/> for the same
    /// inventory.
    /// </summary>
    /// <param name="source">The inventory of the source, as for the prediction.</param>
    /// <param name="target">The release of the target.</param>
    /// <param name="options">The user's choices.</param>
    public abstract IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options);

    /// <summary>The same, with the default choices.</summary>
    public IOperationRewriter CreateRewriter(ClusterInventory source, Release target) => CreateRewriter(source, target, MigrationOptions.Default);
}

/// <summary>
/// Rewrites the source's stream of operations for the target. It must stream: apart from what the inventory contains, it must not collect
/// data in memory.
/// </summary>
public interface IOperationRewriter
{
    /// <summary>
    /// Rewrites a stream. The result keeps the order of an extract: objects, tags, repos, pipelines (dependencies first), then commits (parents
    /// first) and branches; between pipelines and commits the host stops pipelines. Running pipelines with cron inputs come after everything else
    /// (see <c>CronPipelines</c> in PachUp.Rewriting).
    /// </summary>
    IAsyncEnumerable<Operation> RewriteAsync(IAsyncEnumerable<Operation> operations, CancellationToken cancellationToken = default);
}
