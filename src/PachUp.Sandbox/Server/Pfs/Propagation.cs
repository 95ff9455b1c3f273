using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>
/// Starts commits on the branches below a changed branch, so that the head of every branch is computed from the heads of the branches in its provenance.
/// Workers finish these commits.
/// </summary>
internal sealed class Propagation(Pachd pachd, TransactionLimit limit)
{
    /// <summary>Handles a branch and all branches below it, those with the least provenance first.</summary>
    /// <param name="branch">The branch that changed.</param>
    /// <param name="isNewCommit">Whether a commit was started on it.</param>
    public void Propagate(Branch branch, bool isNewCommit = false)
    {
        var changed = Get(branch);
        var below = changed.Subvenance.Select(Get).ToList();
        limit.Check(changed.Branch, below);
        var downstream = below.Prepend(changed).OrderBy(info => info.Provenance.Count).ToList();
        foreach (var info in downstream)
        {
            var skips = isNewCommit && pachd.Traits.ChecksRequests && info.Branch.Equals(branch);
            if (!skips && NewProvenanceOf(info) is { } provenance)
                StartCommit(info, provenance);
        }
    }

    /// <summary>The provenance of a new head of a branch; null if the branch needs no new head.</summary>
    private List<CommitProvenance>? NewProvenanceOf(BranchInfo branch)
    {
        var provenance = HeadsOf(branch);
        var needsNone = provenance.TrueForAll(p => p.Branch.Repo.Name == Refs.SpecRepo) || (branch.Head is not null && HasProvenance(branch.Head, provenance));
        return needsNone ? null : provenance;
    }

    private List<CommitProvenance> HeadsOf(BranchInfo branch)
    {
        var provenance = new Dictionary<string, CommitProvenance>(StringComparer.Ordinal);
        foreach (var from in branch.Provenance)
        {
            if (pachd.Metadata.Branches(from.Repo.Name).Find(from.Name)?.Head is not { } head)
                continue;

            Add(new CommitProvenance { Commit = head, Branch = from });
            if (pachd.Traits.KnowsBranchOfCommit)
                pachd.Metadata.Commits(head.Repo.Name).Get(head.Id).Provenance.ToList().ForEach(Add);
        }

        return [.. provenance.Values];

        void Add(CommitProvenance p) => provenance[KeyOf(p)] = p;
    }

    private bool HasProvenance(Commit head, List<CommitProvenance> provenance)
    {
        var info = pachd.Metadata.Commits(head.Repo.Name).Find(head.Id)
            ?? throw new NotFoundError($"commit {head.Id} not found in repo {head.Repo.Name}");
        var has = pachd.Traits.KnowsBranchOfCommit ? info.Provenance.Select(KeyOf).ToHashSet() : [.. info.ProvenanceUntil187.Select(commit => commit.Id)];
        return provenance.TrueForAll(p => has.Contains(KeyOf(p)));
    }

    private string KeyOf(CommitProvenance provenance) =>
        pachd.Traits.KnowsBranchOfCommit ? $"{provenance.Commit.Id}/{provenance.Branch.Name}" : provenance.Commit.Id;

    private void StartCommit(BranchInfo branch, List<CommitProvenance> provenance)
    {
        var repo = branch.Branch.Repo.Name;
        var commit = Refs.Commit(repo, pachd.NewIds.Next());
        var info = new CommitInfo { Commit = commit, Started = pachd.Now(), ParentCommit = branch.Head };
        if (branch.Head is { } parent)
            pachd.Metadata.Commits(repo).Update(parent.Id, parentInfo => parentInfo.ChildCommits.Add(commit));

        branch.Head = commit;
        pachd.Metadata.Branches(repo).Put(branch.Branch.Name, branch);
        if (pachd.Traits.KnowsBranchOfCommit)
        {
            info.Branch = branch.Branch;
            info.Origin = new CommitOrigin { Kind = OriginKind.Auto };
            info.Provenance.Add(provenance);
        }
        else
        {
            info.ProvenanceUntil187.Add(provenance.Select(p => p.Commit));
            info.BranchProvenance.Add(provenance.Select(p => p.Branch));
        }

        foreach (var from in provenance)
        {
            pachd.Metadata.Commits(from.Commit.Repo.Name).Update(from.Commit.Id, upstream => Note(upstream, info));
        }

        pachd.Metadata.Commits(repo).Create(commit.Id, info);
        pachd.Metadata.OpenCommits.Put(commit.Id, commit);
    }

    /// <summary>Adds a commit to the subvenance of another.</summary>
    public void Note(CommitInfo upstream, CommitInfo computed)
    {
        // A commit that extends a range is not counted.
        if (upstream.AddSubvenance(computed) && pachd.Traits.CountsSubvenantCommits)
            upstream.SubvenantCommitsTotal++;
    }

    private BranchInfo Get(Branch branch) => pachd.Metadata.Branches(branch.Repo.Name).Get(branch.Name);
}
