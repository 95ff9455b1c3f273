using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Sdk;

/// <summary>The way from one line to the next: everything that is known about this pair of lines, and nowhere else.</summary>
public abstract class MigrationRoute
{
    /// <summary>The line that it leaves.</summary>
    public abstract ReleaseLine From { get; }

    /// <summary>The line that it leads to.</summary>
    public abstract ReleaseLine To { get; }

    /// <summary>The oldest point release of <see cref="From"/> that it accepts.</summary>
    public abstract Release AtLeast { get; }

    /// <summary>Checks that only this pair needs.</summary>
    public virtual ImmutableArray<ICheck> Checks => [];

    /// <summary>The generation of the operations that its rewriter sends to a target.</summary>
    public virtual OperationGeneration GenerationFor(Release target) => ReleaseTraits.Of(target).Generation;

    /// <summary>
    /// Says what the target will hold after a complete migration, and every way in which that differs from the source. The plan shows it, and
    /// verification compares with it. Computes only.
    /// </summary>
    /// <param name="source">What the source holds, with its pipelines as they were before they were paused.</param>
    /// <param name="target">The release that is moved to.</param>
    /// <param name="options">What was chosen.</param>
    public abstract Foresight Foresee(ClusterInventory source, Release target, MigrationOptions options);

    /// <summary>The same, with nothing chosen.</summary>
    public Foresight Foresee(ClusterInventory source, Release target) => Foresee(source, target, MigrationOptions.Default);

    /// <summary>
    /// The rewriter for one stream. Its output must fit what <see cref="Foresee(ClusterInventory, Release, MigrationOptions)"/> says of the same
    /// inventory.
    /// </summary>
    /// <param name="source">As for the foresight.</param>
    /// <param name="target">The release that is moved to.</param>
    /// <param name="options">What was chosen.</param>
    public abstract IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options);

    /// <summary>The same, with nothing chosen.</summary>
    public IOperationRewriter CreateRewriter(ClusterInventory source, Release target) => CreateRewriter(source, target, MigrationOptions.Default);
}

/// <summary>
/// Turns the stream of operations of the source into the stream for the target. It must stream: hold no more in memory than what the
/// inventory already holds.
/// </summary>
public interface IOperationRewriter
{
    /// <summary>
    /// Rewrites a stream. The result keeps the order of an extract: objects, tags, repos, pipelines (dependencies first), then commits (parents
    /// first) and branches; the host stops pipelines between the two halves. Pipelines with cron inputs that run come behind everything else
    /// (see <c>CronPipelines</c> in PachUp.Rewriting).
    /// </summary>
    IAsyncEnumerable<Operation> RewriteAsync(IAsyncEnumerable<Operation> operations, CancellationToken cancellationToken = default);
}
