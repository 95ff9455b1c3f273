using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>Stores branches as another cluster listed them, and adds their subvenance, which listings leave out.</summary>
internal sealed class BranchFiller(Pachd pachd)
{
    /// <summary>Stores the branches of all repos, those with the least provenance first.</summary>
    public void Fill(ClusterInventory cluster)
    {
        var listed = cluster.Repos.SelectMany(repo => repo.Branches.Select(branch => (Repo: repo.Name, Branch: branch))).ToList();
        foreach (var (repo, branch) in listed.OrderBy(placed => placed.Branch.Provenance.Length))
        {
            pachd.Metadata.InTransaction(() => Keep(MessageOf(repo, branch)));
        }

        var computed = listed
            .SelectMany(placed => placed.Branch.Provenance.Select(from => (From: from, To: Refs.Branch(placed.Repo, placed.Branch.Name))))
            .GroupBy(pair => pair.From, pair => pair.To);
        foreach (var branches in computed)
        {
            pachd.Metadata.InTransaction(() => NoteComputed(branches.Key, branches));
        }
    }

    private static BranchInfo MessageOf(string repo, BranchInventory branch) => new()
    {
        Name = branch.Name,
        Branch = Refs.Branch(repo, branch.Name),
        Head = branch.Head is null ? null : Refs.Commit(repo, branch.Head),
        Provenance = { branch.Provenance.Select(ToBranch) },
        DirectProvenance = { branch.DirectProvenance.Select(ToBranch) },
    };

    private void Keep(BranchInfo info)
    {
        pachd.Metadata.Branches(info.Branch.Repo.Name).Put(info.Name, info);
        if (pachd.Metadata.Repos.Contains(info.Branch.Repo.Name))
            pachd.Metadata.Repos.Update(info.Branch.Repo.Name, repo => repo.Branches.AddBranch(info.Branch));
    }

    /// <summary>Adds branches to the subvenance of another. A branch that only occurs in provenance is created without a head, as on the server.</summary>
    private void NoteComputed(BranchName from, IEnumerable<Branch> computed)
    {
        var branch = ToBranch(from);
        var info = pachd.Metadata.Branches(from.Repo).Find(from.Branch) ?? new BranchInfo { Name = from.Branch, Branch = branch };
        foreach (var downstream in computed)
        {
            info.Subvenance.AddBranch(downstream);
        }

        Keep(info);
    }

    private static Branch ToBranch(BranchName name) => Refs.Branch(name.Repo, name.Branch);
}
