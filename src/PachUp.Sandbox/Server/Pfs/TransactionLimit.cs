using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// The limit that etcd sets to the size of a transaction (<c>--max-txn-ops</c>). pachd makes a commit, and one on every branch that is computed from its
/// branch, in one transaction, in which each key that it has read is one comparison.
/// </summary>
internal sealed class TransactionLimit(Pachd pachd)
{
    // The repo, the branch, the commit that it points at, and the new one.
    private const int KeysOfCommit = 4;

    // A branch, the commit that it points at, and the new commit.
    private const int KeysOfBranchBelow = 3;

    // A branch and the commit that it points at.
    private const int KeysOfBranchBeside = 2;

    /// <summary>Refuses a change of a branch that takes too large a transaction.</summary>
    /// <param name="changed">The branch.</param>
    /// <param name="below">The branches that are computed from it.</param>
    /// <exception cref="PachdError">It does.</exception>
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
    /// Commits are indexed by what they come from: each entry of a new commit, and of the one before it where there is one, is a key of its own.
    /// </summary>
    private static int KeysOf(BranchInfo below) => below.Head is null
        ? KeysOfBranchBelow - 1 + below.Provenance.Count
        : KeysOfBranchBelow + (2 * below.Provenance.Count);
}
