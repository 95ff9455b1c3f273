using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Branches and their provenance.</summary>
internal sealed class Branches(Pachd pachd, CommitResolver resolver, Propagation propagation, NameRules names)
{
    /// <summary>Creates a branch, or changes its head, its direct provenance and its trigger.</summary>
    public void Create(Branch? branch, Commit? head, IReadOnlyList<Branch> provenance, Trigger? trigger = null)
    {
        Require(branch);
        names.CheckBranch(branch!.Name);
        pachd.Metadata.InTransaction(() =>
        {
            if (pachd.Traits.ChecksRepoOfBranch)
                pachd.Metadata.Repos.Get(branch.Repo.Name);

            CheckRequest(branch, head, provenance);
            if (trigger is not null)
                TriggerRules.Check(trigger);

            var info = Put(branch, HeadFor(head), provenance, trigger);
            AddToRepo(branch, info.Head);
            UpdateProvenance(info);
            propagation.Propagate(branch);
        });
    }

    public BranchInfo Inspect(Branch? branch)
    {
        Require(branch);
        return pachd.Metadata.InTransaction(() => pachd.Metadata.Branches(branch!.Repo.Name).Inspect(branch.Name));
    }

    /// <summary>The branches of a repo, newest first. For an empty name: those of all repos, in releases that accept it.</summary>
    public IReadOnlyList<BranchInfo> List(Repo? repo, bool oldestFirst)
    {
        var name = (repo ?? (pachd.Traits.ChecksRequests ? throw new PachdError("repo cannot be nil") : throw new ServerCrash())).Name;
        return pachd.Metadata.InTransaction(() => InOrder(name, oldestFirst));
    }

    public void Delete(Branch? branch, bool force)
    {
        Require(branch);
        pachd.Metadata.InTransaction(() =>
        {
            if (pachd.Metadata.Branches(branch!.Repo.Name).Find(branch.Name) is { } info)
                DeleteExisting(info, force);

            if (pachd.Metadata.Repos.Contains(branch.Repo.Name) || !force)
                pachd.Metadata.Repos.Update(branch.Repo.Name, repo => repo.Branches.RemoveBranch(branch));
        });
    }

    private void Require(Branch? branch)
    {
        if (pachd.Traits.ChecksRequests)
        {
            _ = branch ?? throw new PachdError("branch cannot be nil");
            _ = branch.Repo ?? throw new PachdError("branch repo cannot be nil");
        }

        ServerCrash.IfNull(ServerCrash.IfNull(branch).Repo);
    }

    private void CheckRequest(Branch branch, Commit? head, IReadOnlyList<Branch> provenance)
    {
        var changesProvenanceAlone = head is null || (head.Repo.Name == branch.Repo.Name && head.Id == branch.Name);
        if (changesProvenanceAlone || provenance.Count == 0)
            return;

        if (!pachd.Traits.ChecksRequests)
        {
            throw new PachdError(
                $"cannot point branch \"{branch.Name}\" at target commit \"{head!.Repo.Name}/{head.Id}\" without clearing its provenance");
        }

        CheckHeadFits(branch, resolver.Resolve(head), provenance);
    }

    private void CheckHeadFits(Branch branch, CommitInfo head, IReadOnlyList<Branch> provenance)
    {
        foreach (var from in provenance)
        {
            var expected = pachd.Metadata.Branches(from.Repo.Name).Find(from.Name);
            var other = expected is null ? null : head.Provenance.FirstOrDefault(p => from.Equals(p.Branch) && !p.Commit.Equals(expected.Head));
            if (other is not null)
            {
                throw new PachdError(
                    $"cannot create branch \"{branch.Name}\" with commit \"{head.Commit.Id}\" as head because commit has \"{other.Commit.Repo.Name}/{other.Commit.Id}\" as provenance but that commit is not the head of branch \"{other.Branch.Repo.Name}/{other.Branch.Name}\"");
            }
        }
    }

    private Commit? HeadFor(Commit? head)
    {
        try
        {
            return head is null ? null : resolver.ResolveId(head);
        }
        catch (NoHeadError)
        {
            return null;
        }
        catch (PachdError e)
        {
            throw pachd.Traits.KnowsBranchOfCommit
                ? e.WithPrefix($"unable to inspect {head!.Repo.Name}@{head.Id}: ")
                : new PachdError($"unable to inspect {e.Message}/{head!.Repo.Name}: {head.Id}");
        }
    }

    private BranchInfo Put(Branch branch, Commit? head, IReadOnlyList<Branch> provenance, Trigger? trigger)
    {
        var info = pachd.Metadata.Branches(branch.Repo.Name).Find(branch.Name) ?? new BranchInfo();
        info.Name = branch.Name;
        info.Branch = branch.Clone();
        info.Head = head;
        info.Trigger = trigger?.Clone();
        info.DirectProvenance.Clear();
        foreach (var from in provenance)
        {
            if (pachd.Traits.ChecksRequests && from.Equals(branch))
                throw new PachdError($"branch {branch.Repo.Name}@{branch.Name} cannot be in its own provenance");

            info.DirectProvenance.AddBranch(from);
        }

        pachd.Metadata.Branches(branch.Repo.Name).Put(branch.Name, info);
        return info;
    }

    private void AddToRepo(Branch branch, Commit? head) => pachd.Metadata.Repos.Update(branch.Repo.Name, repo =>
    {
        repo.Branches.AddBranch(branch);
        if (pachd.Traits.ChecksRequests && branch.Name == Refs.MasterBranch && head is not null)
            repo.SizeBytes = resolver.Resolve(head).SizeBytes;
    });

    /// <summary>Updates the whole provenance of a branch and of all branches below it.</summary>
    private void UpdateProvenance(BranchInfo branch)
    {
        var downstream = branch.Subvenance.Select(Get);
        foreach (var info in downstream.Prepend(branch).OrderBy(info => info.Provenance.Count).ToList())
        {
            UpdateProvenanceOf(info);
        }
    }

    private void UpdateProvenanceOf(BranchInfo branch)
    {
        // An earlier round of the loop may have changed the branch.
        var info = Get(branch.Branch);
        var before = info.Provenance.Clone();
        info.Provenance.Clear();
        foreach (var direct in info.DirectProvenance)
        {
            AddProvenance(info, direct);
            foreach (var indirect in Get(direct).Provenance)
            {
                AddProvenance(info, indirect);
            }
        }

        pachd.Metadata.Branches(info.Branch.Repo.Name).Put(info.Branch.Name, info);
        foreach (var gone in before.Where(from => !info.Provenance.HasBranch(from)))
        {
            pachd.Metadata.Branches(gone.Repo.Name).Update(gone.Name, upstream => upstream.Subvenance.RemoveBranch(info.Branch));
        }
    }

    private void AddProvenance(BranchInfo info, Branch from)
    {
        if (from.Equals(info.Branch))
            throw new PachdError($"provenance loop, branch {from.Repo.Name}/{from.Name} cannot be provenance for itself");

        info.Provenance.AddBranch(from);
        var upstream = pachd.Metadata.Branches(from.Repo.Name).Find(from.Name) ?? new BranchInfo();
        upstream.Name = from.Name;
        upstream.Branch = from.Clone();
        upstream.Subvenance.AddBranch(info.Branch);
        pachd.Metadata.Branches(from.Repo.Name).Put(from.Name, upstream);
        pachd.Metadata.Repos.Update(from.Repo.Name, repo => repo.Branches.AddBranch(from));
    }

    private void DeleteExisting(BranchInfo info, bool force)
    {
        if (!force && info.Subvenance.Count > 0)
            throw new PachdError($"branch {info.Branch.Name} has {info.Subvenance.Text()} as subvenance, deleting it would break those branches");

        pachd.Metadata.Branches(info.Branch.Repo.Name).Delete(info.Branch.Name);
        foreach (var from in info.Provenance.Where(from => pachd.Metadata.Branches(from.Repo.Name).Contains(from.Name)))
        {
            pachd.Metadata.Branches(from.Repo.Name).Update(from.Name, upstream => upstream.Subvenance.RemoveBranch(info.Branch));
        }
    }

    private BranchInfo Get(Branch branch) => pachd.Metadata.Branches(branch.Repo.Name).Get(branch.Name);

    private IReadOnlyList<BranchInfo> InOrder(string repo, bool oldestFirst)
    {
        if (pachd.Traits.ListsOfAllRepos && repo.Length > 0)
            pachd.Metadata.Repos.Inspect(repo);

        var all = repo.Length == 0 && pachd.Traits.ListsOfAllRepos
            ? pachd.Metadata.BranchesOfAllRepos()
            : pachd.Metadata.Branches(repo).List();
        var newestFirst = all.OrderByDescending(branch => branch.Created);
        var ordered = oldestFirst
            ? all.OrderBy(branch => branch.Created).ThenByDescending(branch => branch.Value.Provenance.Count)
            : pachd.Traits.ListsOfAllRepos ? newestFirst.ThenBy(branch => branch.Value.Provenance.Count) : newestFirst;

        // A branch with an empty name can be created, but the server's storage does not list it.
        return [.. ordered.Select(branch => branch.Value).Where(branch => branch.Name.Length > 0)];
    }
}
