using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// etcd's limit for the size of a transaction (<c>--max-txn-ops</c>). pachd makes a commit, and a commit on every branch below, in one transaction. Each
/// key that it reads is one comparison in that transaction.
/// </summary>
internal sealed class TransactionLimit(Pachd pachd)
{
    // The repo, the branch, its head, and the new commit.
    private const int KeysOfCommit = 4;

    // A branch, its head, and the new commit.
    private const int KeysOfBranchBelow = 3;

    // A branch and its head.
    private const int KeysOfBranchBeside = 2;

    /// <summary>Refuses a change of a branch if the transaction is too large.</summary>
    /// <param name="changed">The branch.</param>
    /// <param name="below">The branches that are computed from it.</param>
    /// <exception cref="PachdError">The transaction is too large.</exception>
    public void Check(Branch changed, IReadOnlyList<BranchInfo> below)
    {
        var comparisons = ComparisonsOf(changed, below);
        if (comparisons <= pachd.Settings.MaxTxnOps)
            return;

        var writes = KeysOfCommit + below.Sum(KeysOf);
        throw new PachdError(
            $"etcdserver: too many operations in txn request ({comparisons} comparisons, {writes} {pachd.Traits.TransactionWrites}: hint: set --max-txn-ops on the "
            + "ETCD cluster to at least the largest of those values)");
    }

    private int ComparisonsOf(Branch changed, IReadOnlyList<BranchInfo> below)
    {
        var counted = below.Select(branch => Refs.KeyOf(branch.Branch)).Append(Refs.KeyOf(changed)).ToHashSet();
        var beside = below.SelectMany(branch => branch.Provenance).DistinctBy(Refs.KeyOf).Where(branch => !counted.Contains(Refs.KeyOf(branch)));
        return KeysOfCommit + below.Sum(KeysOf)
            + beside.Sum(branch => KeysOfBranchBeside + (pachd.Metadata.Branches(branch.Repo.Name).Find(branch.Name)?.Provenance.Count ?? 0));
    }

    /// <summary>
    /// The entries in the index of provenance. Each one is a key: those of the new commit, and those of its parent if it has one.
    /// </summary>
    private static int KeysOf(BranchInfo below) => below.Head is null
        ? KeysOfBranchBelow - 1 + below.Provenance.Count
        : KeysOfBranchBelow + (2 * below.Provenance.Count);
}
