using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;

namespace PachUp.Steps.Restoring;

/// <summary>What was seen on a target of the things that were looked for.</summary>
/// <param name="Found">The names of what is there, by kind.</param>
/// <param name="Branches">The branches of the repos that were looked at.</param>
internal sealed record TargetSight(ImmutableHashSet<(OperationKind Kind, string Name)> Found, ImmutableDictionary<BranchName, BranchState> Branches)
{
    /// <summary>Whether all names of an item are there.</summary>
    public bool Has(DoubtfulItem item) => item.Names.All(name => Found.Contains((item.Kind, name)));

    /// <summary>Whether a branch is as it is to be.</summary>
    public bool Meets(BranchState wanted) => Branches.TryGetValue(wanted.Name, out var seen) && wanted.IsMetBy(seen);

    /// <summary>Whether nothing has changed since another look.</summary>
    public bool Equals(TargetSight? other) =>
        other is not null && Found.SetEquals(other.Found) && Branches.Count == other.Branches.Count
        && Branches.Values.All(branch => other.Branches.TryGetValue(branch.Name, out var before)
            && branch.Head == before.Head && branch.Provenance.SetEquals(before.Provenance));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Found.Count, Branches.Count);
}
