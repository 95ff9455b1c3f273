using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Checks the invariants of branches and commits, as <c>fsck</c> does.</summary>
internal sealed class ConsistencyCheck(Pachd pachd)
{
    /// <exception cref="PachdError">The first error that was found.</exception>
    public void StopAtFirstError()
    {
        if (FindErrors() is [var error, ..])
            throw new PachdError(error);
    }

    /// <summary>All errors, in pachd's words.</summary>
    public IReadOnlyList<string> FindErrors() => pachd.Metadata.InTransaction<IReadOnlyList<string>>(() =>
    {
        var state = new State(
            pachd.Metadata.BranchesOfAllRepos().ToDictionary(branch => Refs.KeyOf(branch.Value.Branch), branch => branch.Value),
            pachd.Metadata.CommitsOfAllRepos().ToDictionary(commit => KeyOf(commit.Value.Commit), commit => commit.Value));
        return
        [
            .. state.Branches.Values.SelectMany(branch => HeadErrors(branch, state)),
            .. state.Commits.Values.SelectMany(commit => ProvenanceErrors(commit, state)),
            .. state.Commits.Values.SelectMany(commit => SubvenanceErrors(commit, state)),
        ];
    });

    private sealed record State(Dictionary<string, BranchInfo> Branches, Dictionary<string, CommitInfo> Commits)
    {
        public CommitInfo? Find(Commit commit) => Commits.GetValueOrDefault(KeyOf(commit));
    }

    private static string KeyOf(Commit commit) => $"{commit.Repo.Name}/{commit.Id}";

    private static string Missing(Commit commit, string place) =>
        $"consistency error: the commit {commit.Id} in repo {commit.Repo.Name} could not be found while checking {place}";

    /// <summary>The head of a branch must be computed from the heads of the branches in its provenance.</summary>
    private static IEnumerable<string> HeadErrors(BranchInfo branch, State state)
    {
        foreach (var from in branch.Head is null ? [] : branch.Provenance)
        {
            if (!state.Branches.TryGetValue(Refs.KeyOf(from), out var source))
                yield return $"consistency error: the branch {from.Name} on repo {from.Repo.Name} could not be found\n";
            else if (source.Head is not null && state.Find(branch.Head!) is null)
                yield return Missing(branch.Head!, "head commit provenance (=>)");
        }
    }

    /// <summary>The commits in the provenance of a commit must exist.</summary>
    private static IEnumerable<string> ProvenanceErrors(CommitInfo commit, State state) =>
        commit.ProvenantCommits().Where(from => state.Find(from) is null).Select(from => Missing(from, "provenance transitivity"));

    /// <summary>A commit must be in the subvenance of each commit in its provenance.</summary>
    private static IEnumerable<string> SubvenanceErrors(CommitInfo commit, State state)
    {
        foreach (var from in commit.ProvenantCommits())
        {
            if (state.Find(from) is not { } source)
            {
                yield return Missing(from, "provenance for provenance-subvenance duality (=>)");
                continue;
            }

            var line = source.Subvenance.SelectMany(range => Line(range, state)).ToList();
            foreach (var gone in line.Where(computed => state.Find(computed) is null))
            {
                yield return Missing(gone, "subvenance for provenance-subvenance duality (=>)");
            }

            if (!line.Exists(computed => computed.Id == commit.Commit.Id))
                yield return NotInSubvenance(commit.Commit, source.Commit);
        }
    }

    private static string NotInSubvenance(Commit commit, Commit source) =>
        "consistency error: the commit was not in its provenance's subvenance\n"
        + $"commit {commit.Id} in repo {commit.Repo.Name}\n"
        + $"provenance commit {source.Id} in repo {source.Repo.Name}\n";

    /// <summary>The commits of a range, from its upper end down to the first one that is missing.</summary>
    private static IEnumerable<Commit> Line(CommitRange range, State state)
    {
        for (Commit? at = range.Upper; at is not null;)
        {
            yield return at;
            at = at.Id == range.Lower.Id ? null : state.Find(at)?.ParentCommit;
        }
    }
}
