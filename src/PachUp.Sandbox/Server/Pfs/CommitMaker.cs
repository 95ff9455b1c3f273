using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Creates open commits and finished commits.</summary>
internal sealed class CommitMaker(Pachd pachd, CommitResolver resolver, CommitTrees trees, Propagation propagation, Triggers triggers, NameRules names)
{
    public Commit Make(NewCommit request)
    {
        var repo = ServerCrash.IfNull((request.Parent ?? throw new PachdError("parent cannot be nil")).Repo).Name;
        if (request.Branch.Length > 0)
            names.CheckBranch(request.Branch);

        // Read the tree before the transaction, as the server does: a missing tree is reported before a missing repo.
        var size = request.Tree is not null && pachd.Traits.ReadsBuiltTrees ? (ulong)trees.Read(request.Tree).Size : request.SizeBytes;
        return pachd.Metadata.InTransaction(() => Make(request, repo, size));
    }

    private Commit Make(NewCommit request, string repo, ulong size)
    {
        var info = new CommitInfo
        {
            Commit = Refs.Commit(repo, request.Id.Length > 0 ? request.Id : pachd.NewIds.Next()),
            Started = request.Started ?? pachd.Now(),
            Description = request.Description,
        };
        var repoInfo = pachd.Metadata.Repos.Get(repo);
        var parent = request.Parent!.Clone();
        var knownBranches = request.Branch.Length > 0 ? PointBranch(request, info, repoInfo, parent) : null;

        // Releases that handle the provenance first do not continue the subvenance range of the parent.
        if (pachd.Traits.SetsProvenanceFirst)
        {
            SetContent(request, info, repoInfo, parent, size);
            SetProvenance(request, info, knownBranches);
            SetParent(request, info, parent);
        }
        else
        {
            SetParent(request, info, parent);
            SetContent(request, info, repoInfo, parent, size);
            SetProvenance(request, info, knownBranches);
        }

        pachd.Metadata.Commits(repo).Create(info.Commit.Id, info);
        if (request.Branch.Length > 0)
            propagation.Propagate(Refs.Branch(repo, request.Branch), isNewCommit: true);

        if (request.IsFinished)
            triggers.Handle(info);

        return info.Commit;
    }

    /// <summary>Makes the new commit the head of a branch, and the old head its parent. Returns the branches that the commit may be computed from.</summary>
    private HashSet<string> PointBranch(NewCommit request, CommitInfo info, RepoInfo repoInfo, Commit parent)
    {
        var branch = Refs.Branch(repoInfo.Repo.Name, request.Branch);
        var branchInfo = pachd.Metadata.Branches(branch.Repo.Name).Find(branch.Name) ?? new BranchInfo();
        if (parent.Id.Length == 0 && branchInfo.Head is not null)
            parent.Id = branchInfo.Head.Id;

        var known = BranchesBehind(branchInfo).Prepend(branch).Select(Refs.KeyOf).ToHashSet();
        var comesFromPipeline = request.Provenance.Any(p => p.Commit.Repo.Name == Refs.SpecRepo);
        var isOutputBranch = branchInfo.Provenance.Any(from => from.Repo.Name != Refs.SpecRepo);
        if (isOutputBranch && request.Tree is null && !(comesFromPipeline && pachd.Traits.ChecksRequests))
            throw new PachdError("cannot start a commit on an output branch");

        branchInfo.Name = branch.Name;
        branchInfo.Head = info.Commit;
        branchInfo.Branch = branch;
        pachd.Metadata.Branches(branch.Repo.Name).Put(branch.Name, branchInfo);
        repoInfo.Branches.AddBranch(branch);
        if (pachd.Traits.KnowsBranchOfCommit)
            info.Branch = branch;

        return known;
    }

    private IEnumerable<Branch> BranchesBehind(BranchInfo branch)
    {
        var headProvenance = branch.Head is { } head ? pachd.Metadata.Commits(head.Repo.Name).Find(head.Id)?.Provenance : null;
        return branch.Provenance.Concat(headProvenance?.Select(p => p.Branch) ?? []);
    }

    private void SetParent(NewCommit request, CommitInfo info, Commit parent)
    {
        if (pachd.Traits.KnowsBranchOfCommit)
            info.Origin = request.Origin ?? new CommitOrigin { Kind = OriginKind.User };

        if (parent.Id.Length == 0)
            return;

        var parentInfo = ResolveParent(parent);
        if (parentInfo.Finished is null)
            throw new PachdError($"parent commit {NameOf(parentInfo)} has not been finished");

        info.ParentCommit = parentInfo.Commit.Clone();
        if (pachd.Traits.ChecksRequests)
            info.Branch ??= parentInfo.Branch;

        parentInfo.ChildCommits.Add(info.Commit);
        pachd.Metadata.Commits(parentInfo.Commit.Repo.Name).Put(parentInfo.Commit.Id, parentInfo);
    }

    private string NameOf(CommitInfo parent) =>
        pachd.Traits.NamesReposOfParents ? $"{parent.Commit.Repo.Name}@{parent.Commit.Id}" : parent.Commit.Id;

    private CommitInfo ResolveParent(Commit parent)
    {
        try
        {
            return resolver.Resolve(parent);
        }
        catch (PachdError e)
        {
            throw e.WithPrefix("parent commit not found: ");
        }
    }

    private void SetContent(NewCommit request, CommitInfo info, RepoInfo repoInfo, Commit parent, ulong size)
    {
        if (request.IsFinished)
        {
            Finish(request, info, parent, size);
            UpdateRepoSize(request, info, repoInfo, parent);
        }
        else
        {
            pachd.Metadata.OpenCommits.Put(info.Commit.Id, info.Commit);
        }

        pachd.Metadata.Repos.Put(repoInfo.Repo.Name, repoInfo);
    }

    private void Finish(NewCommit request, CommitInfo info, Commit parent, ulong size)
    {
        info.Tree = request.Tree;
        info.Trees.Add(request.Trees);
        info.Datums = request.Datums;
        info.SizeBytes = size;
        info.Finished = request.Finished ?? pachd.Now();
        if (request.Writes is null)
            return;

        var tree = trees.OfFinished(parent).Copy();
        foreach (var (path, records) in request.Writes)
        {
            TreeWrites.Apply(tree, path, records, pachd.Traits);
        }

        info.Tree = trees.Write(tree);
        info.SizeBytes = (ulong)tree.Size;
    }

    private void UpdateRepoSize(NewCommit request, CommitInfo info, RepoInfo repoInfo, Commit parent)
    {
        if (!pachd.Traits.RepoSizeIsMasterSize)
            repoInfo.SizeBytes += RepoGrowth.Between(trees.OfFinished(parent), trees.Read(info.Tree));
        else if (request.Branch == Refs.MasterBranch)
            repoInfo.SizeBytes = info.SizeBytes;
    }

    private void SetProvenance(NewCommit request, CommitInfo info, HashSet<string>? knownBranches)
    {
        var all = new Dictionary<string, CommitProvenance>(StringComparer.Ordinal);
        foreach (var from in request.Provenance)
        {
            var upstream = pachd.Traits.KnowsBranchOfCommit
                ? resolver.Resolve(from.Commit)
                : pachd.Metadata.Commits(from.Commit.Repo.Name).Get(from.Commit.Id);
            all[upstream.Commit.Id] = new CommitProvenance { Commit = upstream.Commit, Branch = from.Branch ?? upstream.Branch };
            foreach (var further in upstream.Provenance.Concat(upstream.ProvenanceUntil187.Select(commit => new CommitProvenance { Commit = commit })))
            {
                all[further.Commit.Id] = further;
            }
        }

        if (pachd.Traits.KnowsBranchOfCommit)
            CheckBranches(all.Values, knownBranches);

        foreach (var from in all.Values)
        {
            if (pachd.Traits.KnowsBranchOfCommit)
                info.Provenance.Add(from);
            else
                info.ProvenanceUntil187.Add(from.Commit);

            pachd.Metadata.Commits(from.Commit.Repo.Name).Update(from.Commit.Id, upstream => propagation.Note(upstream, info));
        }
    }

    private static void CheckBranches(IEnumerable<CommitProvenance> provenance, HashSet<string>? knownBranches)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var branch in provenance.Select(from => from.Branch ?? new Branch { Repo = from.Commit.Repo }))
        {
            if (!seen.Add(Refs.KeyOf(branch)))
                throw new PachdError("the commit provenance contains multiple commits from the same branch");

            var isKnown = knownBranches is null || branch.Repo.Name == Refs.SpecRepo || branch.Name.Length == 0 || knownBranches.Contains(Refs.KeyOf(branch));
            if (!isKnown)
                throw new PachdError("the commit provenance contains a branch which the branch is not provenant on");
        }
    }
}
