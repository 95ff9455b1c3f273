namespace PachUp.Pachyderm;

/// <summary>What is known of etcd, where every release keeps its metadata.</summary>
public static class Etcd
{
    /// <summary>How many comparisons or operations etcd takes in one transaction where it is started without <see cref="LimitOption"/>.</summary>
    public const int DefaultTransactionLimit = 128;

    /// <summary>The option that raises the limit.</summary>
    public const string LimitOption = "--max-txn-ops";

    /// <summary>The option with the value that the manifests of <c>pachctl deploy</c> give.</summary>
    public const string RaisedLimit = LimitOption + "=10000";

    private const string TooMany = "too many operations in txn request";

    /// <summary>Whether an answer of pachd says that etcd refused a transaction for its size.</summary>
    public static bool SaysTooMany(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return detail.Contains(TooMany, StringComparison.Ordinal);
    }
}
