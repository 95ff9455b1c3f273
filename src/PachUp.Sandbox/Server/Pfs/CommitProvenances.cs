using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>The provenance of a commit. Up to 1.8 commits and branches are two lists; from 1.9 on they are pairs.</summary>
internal static class CommitProvenances
{
    /// <summary>The commits in the provenance of a commit, in the form of any release.</summary>
    public static IEnumerable<Commit> ProvenantCommits(this CommitInfo info) =>
        info.ProvenanceUntil187.Concat(info.Provenance.Select(provenance => provenance.Commit));

    /// <summary>The commits in the provenance of a commit, with their branches where those are known.</summary>
    public static IEnumerable<(Branch Branch, Commit Commit)> ProvenanceByBranch(this CommitInfo info) =>
        info.BranchProvenance.Zip(info.ProvenanceUntil187)
            .Concat(info.Provenance.Where(provenance => provenance.Branch is not null).Select(provenance => (provenance.Branch, provenance.Commit)));

    /// <summary>Whether a commit was computed from other commits than a pipeline's spec.</summary>
    public static bool IsComputed(this CommitInfo info)
    {
        var commits = info.ProvenantCommits().ToList();
        var specs = commits.Exists(commit => commit.Repo.Name == Refs.SpecRepo) ? 1 : 0;
        return commits.Count > specs;
    }

    /// <summary>Adds a commit to the subvenance of another: to the range that ends with its parent, or as a new range.</summary>
    /// <returns>Whether it is a new range.</returns>
    public static bool AddSubvenance(this CommitInfo info, CommitInfo computed)
    {
        var continued = computed.ParentCommit is { } parent ? info.Subvenance.FirstOrDefault(range => range.Upper.Id == parent.Id) : null;
        if (continued is not null)
            continued.Upper = computed.Commit.Clone();
        else
            info.Subvenance.Add(new CommitRange { Lower = computed.Commit.Clone(), Upper = computed.Commit.Clone() });

        return continued is null;
    }
}
