using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Conformance.Comparison;

/// <summary>
/// Up to 1.8 a commit's provenance is two lists side by side, commits and their branches, in any order. Sorted by branch, what belongs
/// together stands in the same place.
/// </summary>
public static class ProvenanceOrder
{
    /// <summary>The commit with both lists sorted; as it is where they do not fit together.</summary>
    public static CommitInfo Sort(CommitInfo info)
    {
        if (info.BranchProvenance.Count == 0 || info.BranchProvenance.Count != info.ProvenanceUntil187.Count)
        {
            return info;
        }

        var sorted = info.Clone();
        var pairs = info.BranchProvenance.Zip(info.ProvenanceUntil187)
            .OrderBy(pair => $"{pair.First.Repo?.Name}/{pair.First.Name}", StringComparer.Ordinal)
            .ToList();
        sorted.BranchProvenance.Clear();
        sorted.ProvenanceUntil187.Clear();
        sorted.BranchProvenance.Add(pairs.Select(pair => pair.First));
        sorted.ProvenanceUntil187.Add(pairs.Select(pair => pair.Second));
        return sorted;
    }
}
