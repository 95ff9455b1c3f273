using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Deletes commits and all that are computed from them, and repairs the references to them.</summary>
internal sealed class CommitDeleter(Pachd pachd, CommitResolver resolver, Propagation propagation)
{
    public void Delete(Commit? commit)
    {
        if (pachd.Traits.ChecksRequests && commit is null)
            throw new PachdError("commit cannot be nil");

        try
        {
            pachd.Metadata.InTransaction(() => DeleteWhole(commit));
        }
        catch (PachdError e) when (!pachd.Traits.KnowsBranchOfCommit)
        {
            throw e.WithPrefix("error rewriting commit graph: ");
        }
    }

    private void DeleteWhole(Commit? commit)
    {
        var info = Resolve(commit);
        if (info.IsComputed())
            throw new PachdError($"cannot delete the commit \"{info.Commit.Repo.Name}/{info.Commit.Id}\" because it has non-empty provenance");

        var deleted = info.Subvenance.SelectMany(Line).Prepend(info).DistinctBy(gone => gone.Commit.Id).ToDictionary(gone => gone.Commit.Id);
        foreach (var gone in deleted.Values)
        {
            pachd.Metadata.Commits(gone.Commit.Repo.Name).Delete(gone.Commit.Id);
            pachd.Metadata.Writes(gone.Commit.Id).DeleteAll();
        }

        MendSubvenance(deleted);
        MendFamilies(deleted);
        foreach (var branch in MendBranches(deleted).ToList())
        {
            propagation.Propagate(branch);
        }
    }

    private CommitInfo Resolve(Commit? commit)
    {
        try
        {
            return resolver.Resolve(commit);
        }
        catch (PachdError e)
        {
            throw e.WithPrefix("resolveCommit: ");
        }
    }

    /// <summary>The commits of a range, from its upper to its lower end.</summary>
    private IEnumerable<CommitInfo> Line(CommitRange range)
    {
        for (Commit? at = range.Upper; at is not null;)
        {
            if (pachd.Metadata.Commits(at.Repo.Name).Find(at.Id) is not { } info)
                yield break;

            yield return info;
            at = at.Id == range.Lower.Id ? null : info.ParentCommit;
        }
    }

    private void MendSubvenance(Dictionary<string, CommitInfo> deleted)
    {
        var upstream = deleted.Values.SelectMany(gone => gone.ProvenantCommits()).Where(commit => !deleted.ContainsKey(commit.Id)).DistinctBy(commit => commit.Id);
        foreach (var commit in upstream)
        {
            pachd.Metadata.Commits(commit.Repo.Name).Update(commit.Id, info =>
            {
                var ranges = info.Subvenance.Select(range => Shrink(range, deleted)).OfType<CommitRange>().ToList();
                info.Subvenance.Clear();
                info.Subvenance.Add(ranges);
            });
        }
    }

    /// <summary>The rest of a range after the deletion; null for nothing.</summary>
    private CommitRange? Shrink(CommitRange range, Dictionary<string, CommitInfo> deleted)
    {
        var line = new List<Commit> { range.Upper };
        while (line[^1].Id != range.Lower.Id && InfoOf(line[^1], deleted).ParentCommit is { } parent)
        {
            line.Add(parent);
        }

        var left = line.Where(commit => !deleted.ContainsKey(commit.Id)).ToList();
        return left.Count == 0 ? null : new CommitRange { Upper = left[0], Lower = left[^1] };
    }

    private CommitInfo InfoOf(Commit commit, Dictionary<string, CommitInfo> deleted) =>
        deleted.GetValueOrDefault(commit.Id) ?? pachd.Metadata.Commits(commit.Repo.Name).Get(commit.Id);

    /// <summary>Gives the children of deleted commits to the nearest ancestor that remains.</summary>
    private void MendFamilies(Dictionary<string, CommitInfo> deleted)
    {
        foreach (var gone in deleted.Values)
        {
            var parent = FirstLeft(gone.ParentCommit, deleted);
            var orphans = gone.ChildCommits.Where(child => !deleted.ContainsKey(child.Id)).ToList();
            foreach (var orphan in orphans)
            {
                pachd.Metadata.Commits(orphan.Repo.Name).Update(orphan.Id, info => info.ParentCommit = parent);
            }

            if (parent is not null)
                pachd.Metadata.Commits(parent.Repo.Name).Update(parent.Id, info => ReplaceChildren(info, orphans, deleted));
        }
    }

    private static void ReplaceChildren(CommitInfo parent, List<Commit> orphans, Dictionary<string, CommitInfo> deleted)
    {
        var children = parent.ChildCommits.Where(child => !deleted.ContainsKey(child.Id)).Concat(orphans).Distinct().ToList();
        parent.ChildCommits.Clear();
        parent.ChildCommits.Add(children);
    }

    private static Commit? FirstLeft(Commit? commit, Dictionary<string, CommitInfo> deleted)
    {
        while (commit is not null && deleted.TryGetValue(commit.Id, out var gone))
        {
            commit = gone.ParentCommit;
        }

        return commit;
    }

    /// <summary>Points branches at commits that remain. Returns the branches that may need new output commits, but not those without a commit.</summary>
    private List<Branch> MendBranches(Dictionary<string, CommitInfo> deleted)
    {
        var changed = new List<BranchInfo>();
        foreach (var repo in deleted.Values.Select(gone => gone.Commit.Repo.Name).Distinct())
        {
            foreach (var (branch, _) in pachd.Metadata.Branches(repo).List().Where(branch => deleted.ContainsKey(branch.Value.Head?.Id ?? "")))
            {
                branch.Head = FirstLeft(branch.Head, deleted);
                pachd.Metadata.Branches(repo).Put(branch.Name, branch);
                if (branch.Head is not null)
                    changed.Add(branch);
            }

            MendSize(repo, deleted);
        }

        return [.. changed.OrderBy(branch => branch.Provenance.Count).Select(branch => branch.Branch)];
    }

    private void MendSize(string repo, Dictionary<string, CommitInfo> deleted)
    {
        if (!pachd.Traits.RepoSizeIsMasterSize)
        {
            var gone = deleted.Values.Where(commit => commit.Commit.Repo.Name == repo).Select(commit => commit.SizeBytes).Aggregate(0UL, (sum, size) => sum + size);
            pachd.Metadata.Repos.Update(repo, info => info.SizeBytes -= Math.Min(info.SizeBytes, gone));
        }
        else if (pachd.Metadata.Branches(repo).Find(Refs.MasterBranch) is { } master)
        {
            var size = master.Head is { } head ? pachd.Metadata.Commits(head.Repo.Name).Get(head.Id).SizeBytes : 0;
            pachd.Metadata.Repos.Update(repo, info => info.SizeBytes = size);
        }
    }
}
