using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Finishes open commits.</summary>
internal sealed class CommitFinisher(Pachd pachd, CommitResolver resolver, CommitTrees trees, Triggers triggers)
{
    public void Finish(FinishCommitRequest request)
    {
        if (pachd.Traits.ChecksRequests && request.Commit is null)
            throw new PachdError("commit cannot be nil");

        pachd.Metadata.InTransaction(() =>
        {
            if (request.Trees.Count > 0)
                FinishOutput(request);
            else
                FinishInput(request);
        });
    }

    private void FinishOutput(FinishCommitRequest request)
    {
        var info = Open(request.Commit, commit => $"commit {commit.Repo.Name}/{commit.Id} has already been finished");
        info.Trees.Add(request.Trees);
        info.Datums = request.Datums;
        info.SizeBytes = request.SizeBytes;
        Close(info, succeeded: true);
    }

    private void FinishInput(FinishCommitRequest request)
    {
        var info = Open(request.Commit, commit => $"commit {commit.Id} in repo {commit.Repo.Name} has already finished");
        if (request.Description.Length > 0)
            info.Description = request.Description;

        if (!request.Empty)
        {
            var parent = trees.OfFinished(LastWithTree(info.ParentCommit));
            var tree = request.Tree is null ? trees.OfOpen(info, parent) : trees.Read(request.Tree);
            info.Tree = request.Tree ?? trees.Write(tree);
            info.SizeBytes = (ulong)tree.Size;
            if (!pachd.Traits.RepoSizeIsMasterSize)
                pachd.Metadata.Repos.Update(info.Commit.Repo.Name, repo => repo.SizeBytes += RepoGrowth.Between(parent, tree));
        }

        Close(info, succeeded: !request.Empty);
        pachd.Metadata.Writes(info.Commit.Id).DeleteAll();
    }

    private CommitInfo Open(Commit? commit, Func<Commit, string> refusal)
    {
        var info = resolver.Resolve(commit ?? throw new PachdError("cannot inspect nil commit"));
        return info.Finished is null ? info : throw new PachdError(refusal(info.Commit));
    }

    /// <summary>The nearest ancestor with files; jobs of the commits between may have failed.</summary>
    private Commit? LastWithTree(Commit? commit)
    {
        while (commit is not null && resolver.Resolve(commit) is { Tree: null } info)
        {
            commit = info.ParentCommit;
        }

        return commit;
    }

    private void Close(CommitInfo info, bool succeeded)
    {
        var repo = info.Commit.Repo.Name;
        info.Finished = pachd.Now();
        if (pachd.Traits.CountsSubvenantCommits)
            CountInProvenance(info, succeeded);

        pachd.Metadata.Commits(repo).Put(info.Commit.Id, info);
        if (!pachd.Metadata.OpenCommits.Contains(info.Commit.Id))
            throw new PachdError($"could not confirm that commit {info.Commit.Id} is open; this is likely a bug. err: {info.Commit.Id} not found");

        pachd.Metadata.OpenCommits.Delete(info.Commit.Id);
        if (pachd.Traits.RepoSizeIsMasterSize && pachd.Metadata.Branches(repo).Find(Refs.MasterBranch)?.Head?.Id == info.Commit.Id)
            pachd.Metadata.Repos.Update(repo, repoInfo => repoInfo.SizeBytes = info.SizeBytes);

        triggers.Handle(info);
    }

    private void CountInProvenance(CommitInfo info, bool succeeded)
    {
        foreach (var from in info.Provenance)
        {
            pachd.Metadata.Commits(from.Commit.Repo.Name).Update(from.Commit.Id, upstream =>
            {
                upstream.SubvenantCommitsSuccess += succeeded ? 1 : 0;
                upstream.SubvenantCommitsFailure += succeeded ? 0 : 1;
            });
        }
    }
}
