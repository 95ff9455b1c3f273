using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Steps.Restoring;

/// <summary>What a target contains of the items that were looked for.</summary>
/// <param name="Found">The names of the items that exist, by kind.</param>
/// <param name="Branches">The branches of the repos that were looked at.</param>
internal sealed record ObservedTarget(ImmutableHashSet<(OperationKind Kind, string Name)> Found, ImmutableDictionary<BranchName, BranchState> Branches)
{
    /// <summary>Whether all names of an item exist.</summary>
    public bool Has(UnconfirmedItem item) => item.Names.All(name => Found.Contains((item.Kind, name)));

    /// <summary>Whether a branch is in the wanted state.</summary>
    public bool Meets(BranchState wanted) => Branches.TryGetValue(wanted.Name, out var seen) && wanted.IsMetBy(seen);

    /// <summary>Whether another look found the same.</summary>
    public bool Equals(ObservedTarget? other) =>
        other is not null && Found.SetEquals(other.Found) && Branches.Count == other.Branches.Count
        && Branches.Values.All(branch => other.Branches.TryGetValue(branch.Name, out var before)
            && branch.Head == before.Head && branch.Provenance.SetEquals(before.Provenance));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Found.Count, Branches.Count);
}
