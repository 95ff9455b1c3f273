namespace PachUp.Pachyderm;

/// <summary>Facts about etcd, which stores the metadata of all releases.</summary>
public static class Etcd
{
    /// <summary>The largest number of comparisons or operations in one transaction if etcd runs without <see cref="LimitOption"/>.</summary>
    public const int DefaultTransactionLimit = 128;

    /// <summary>The option that raises the limit.</summary>
    public const string LimitOption = "--max-txn-ops";

    /// <summary>The option with the value in the manifests of <c>pachctl deploy</c>.</summary>
    public const string RaisedLimit = LimitOption + "=10000";

    private const string TooMany = "too many operations in txn request";

    /// <summary>Whether an error of pachd means that etcd refused a transaction because it was too large.</summary>
    public static bool IsTransactionTooLarge(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return detail.Contains(TooMany, StringComparison.Ordinal);
    }
}
