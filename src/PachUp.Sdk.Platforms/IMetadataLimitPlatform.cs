namespace PachUp.Sdk.Platforms;

/// <summary>A platform that can tell how the metadata store (etcd) of a cluster is started.</summary>
public interface IMetadataLimitPlatform : IPlatform
{
    /// <summary>The number of operations that etcd allows in one transaction (<c>--max-txn-ops</c>). It only reads.</summary>
    /// <returns>The configured limit, or etcd's default; null if there is no etcd yet or its arguments are not visible.</returns>
    /// <exception cref="StepFailedException">The platform cannot be asked; the message says why.</exception>
    Task<int?> GetTransactionLimitAsync(ICluster cluster, CancellationToken cancellationToken);
}
