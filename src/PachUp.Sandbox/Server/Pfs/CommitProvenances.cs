using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>The commits that a commit was computed from. Up to 1.8 their branches are a list of their own, from 1.9 on they are pairs.</summary>
internal static class CommitProvenances
{
    /// <summary>The commits in the provenance of a commit, whatever the release that made it.</summary>
    public static IEnumerable<Commit> ProvenantCommits(this CommitInfo info) =>
        info.ProvenanceUntil187.Concat(info.Provenance.Select(provenance => provenance.Commit));

    /// <summary>The commits in the provenance of a commit with the branch that each is on, where that is known.</summary>
    public static IEnumerable<(Branch Branch, Commit Commit)> ProvenanceByBranch(this CommitInfo info) =>
        info.BranchProvenance.Zip(info.ProvenanceUntil187)
            .Concat(info.Provenance.Where(provenance => provenance.Branch is not null).Select(provenance => (provenance.Branch, provenance.Commit)));

    /// <summary>Whether a commit was computed from something, other than the spec of a pipeline.</summary>
    public static bool IsComputed(this CommitInfo info)
    {
        var commits = info.ProvenantCommits().ToList();
        var specs = commits.Exists(commit => commit.Repo.Name == Refs.SpecRepo) ? 1 : 0;
        return commits.Count > specs;
    }

    /// <summary>Notes in a commit that another one was computed from it, as one range with that one's parent where the parent ends a range.</summary>
    /// <returns>Whether that made a range of its own.</returns>
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
