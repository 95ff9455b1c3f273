using Google.Protobuf.WellKnownTypes;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Admin;

/// <summary>Turns commits into the requests that build them again.</summary>
internal static class CommitOrder
{
    /// <summary>Up to 1.9.5: parents first, each with the branch whose head it was, or on which a later commit was made.</summary>
    public static IReadOnlyList<BuildCommitRequest> ToRequests(IReadOnlyList<CommitInfo> commits, IReadOnlyList<BranchInfo> branches)
    {
        var branchOf = BranchesOfHeads(branches);
        var requests = new List<BuildCommitRequest>();
        foreach (var commit in Enumerable.Reverse(ParentsFirst(commits)))
        {
            var parent = commit.ParentCommit ?? Refs.Commit(commit.Commit.Repo.Name, "");
            var branch = branchOf.GetValueOrDefault(commit.Commit.Id, "");
            requests.Add(new BuildCommitRequest { Parent = parent, Tree = commit.Tree, ID = commit.Commit.Id, Branch = branch });
            if (!branchOf.ContainsKey(parent.Id) || branch == Refs.MasterBranch)
                branchOf[parent.Id] = branch;
        }

        requests.Reverse();
        return requests;
    }

    /// <summary>From 1.9.6 on: all fields, but no branch.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="now">The time of the extract, with which an open commit is finished; null for a release whose operations have no times.</param>
    /// <param name="withOrigin">Whether the operations of the release have the origin.</param>
    public static BuildCommitRequest ToWholeRequest(CommitInfo commit, Timestamp? now, bool withOrigin) => new()
    {
        Parent = commit.ParentCommit ?? Refs.Commit(commit.Commit.Repo.Name, ""),
        Tree = commit.Tree,
        ID = commit.Commit.Id,
        Trees = { commit.Trees },
        Datums = commit.Datums,
        SizeBytes = commit.SizeBytes,
        Provenance = { commit.Provenance },
        Started = now is null ? null : commit.Started,
        Finished = now is null ? null : commit.Finished ?? now,
        Origin = withOrigin ? commit.Origin : null,
    };

    private static Dictionary<string, string> BranchesOfHeads(IReadOnlyList<BranchInfo> branches)
    {
        var branchOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var branch in branches.Where(branch => branch.Head is not null))
        {
            if (!branchOf.ContainsKey(branch.Head.Id) || branch.Name == Refs.MasterBranch)
                branchOf[branch.Head.Id] = branch.Name;
        }

        return branchOf;
    }

    private static List<CommitInfo> ParentsFirst(IReadOnlyList<CommitInfo> commits)
    {
        var left = commits.ToDictionary(commit => commit.Commit.Id, StringComparer.Ordinal);
        var ordered = new List<CommitInfo>();
        foreach (var commit in commits)
        {
            var line = new Stack<CommitInfo>();
            for (var id = commit.Commit.Id; id is not null && left.Remove(id, out var next); id = next.ParentCommit?.Id)
            {
                line.Push(next);
            }

            ordered.AddRange(line);
        }

        return ordered;
    }
}
