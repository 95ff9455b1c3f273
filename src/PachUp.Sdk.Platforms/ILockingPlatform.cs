namespace PachUp.Sdk.Platforms;

/// <summary>
/// A platform that can keep a lock together with a cluster, visible to runs on every machine. The lock must survive undeploying, because a run
/// undeploys the cluster. The host decides who may break a lock; the platform only keeps it.
/// </summary>
public interface ILockingPlatform : IPlatform
{
    /// <summary>Locks a cluster in one atomic step, unless it is locked already.</summary>
    /// <returns>The holder of an existing lock; null if <paramref name="holder"/> has it now.</returns>
    Task<LockHolder?> TryLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken);

    /// <summary>Looks at the lock of a cluster, without changing it.</summary>
    /// <returns>Its holder; null if the cluster is not locked, or the platform cannot tell.</returns>
    Task<LockHolder?> FindLockAsync(ICluster cluster, CancellationToken cancellationToken) => Task.FromResult<LockHolder?>(null);

    /// <summary>
    /// Writes what a holder says about itself now, so that other machines see it. It tries once and does not wait for a cluster that does not answer: the run
    /// goes on meanwhile. A lock that was deleted is taken again.
    /// </summary>
    /// <returns>The holder of the lock if it is another one now; null if it was written, or the platform keeps it as it was.</returns>
    /// <exception cref="StepFailedException">It could not be written. The lock stays as it was.</exception>
    Task<LockHolder?> UpdateLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken) => Task.FromResult<LockHolder?>(null);

    /// <summary>Whether the process of a holder still runs, if it is part of a job of this platform.</summary>
    /// <returns>Null if the platform cannot tell.</returns>
    Task<bool?> IsRunningAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);

    /// <summary>Removes the lock if this holder has it; otherwise does nothing.</summary>
    Task UnlockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken);
}
