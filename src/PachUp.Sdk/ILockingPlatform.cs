namespace PachUp.Sdk;

/// <summary>
/// A platform that can keep a lock with a cluster, where runs from every machine see it. The lock has to outlive the deployment, since a run takes
/// that away in the middle. The host decides who may break one; the platform only keeps it.
/// </summary>
public interface ILockingPlatform : IPlatform
{
    /// <summary>Keeps a lock on a cluster, in one indivisible step, unless there is one already.</summary>
    /// <returns>Who holds the one that is there; null where it is <paramref name="holder"/> now.</returns>
    Task<LockHolder?> TryLockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken);

    /// <summary>Takes the lock away, if it is still that of this holder; harmless where it is not.</summary>
    Task UnlockAsync(ICluster cluster, LockHolder holder, CancellationToken cancellationToken);
}
