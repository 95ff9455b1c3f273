namespace PachUp.Sdk;

/// <summary>A platform that can tell how the metadata store (etcd) of a cluster is started.</summary>
public interface IMetadataLimitPlatform : IPlatform
{
    /// <summary>How many operations etcd takes in one transaction (<c>--max-txn-ops</c>). Reads only.</summary>
    /// <returns>The limit that is set, or etcd's own where none is set; null where there is no etcd yet, or its arguments cannot be seen.</returns>
    /// <exception cref="StepFailedException">The platform cannot be asked; the message says why.</exception>
    Task<int?> GetTransactionLimitAsync(ICluster cluster, CancellationToken cancellationToken);
}
