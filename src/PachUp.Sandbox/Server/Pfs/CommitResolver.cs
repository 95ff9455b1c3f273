using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Finds the commit that a client means by an id or a branch, with or without steps back.</summary>
internal sealed class CommitResolver(Pachd pachd)
{
    private readonly bool _countsFromFirst = pachd.Traits.Release.RestrictsBranchNames;

    /// <summary>The commit. Its branch is filled in if the client named a branch and the commit has none.</summary>
    /// <exception cref="PachdError">There is none.</exception>
    public CommitInfo Resolve(Commit? commit)
    {
        if (commit is null)
            throw new PachdError("cannot resolve nil commit");

        if (commit.Id.Length == 0 && !pachd.Traits.KeepsTreesAsMessage)
            throw new PachdError("cannot resolve commit with no ID or branch");

        var repo = ServerCrash.IfNull(commit.Repo).Name;
        var (name, steps) = Ancestry.Parse(commit.Id, _countsFromFirst);
        var (start, branch) = Ids.IsId(name) ? (Refs.Commit(repo, name), null) : HeadOf(repo, name);
        var info = steps >= 0 ? StepBack(commit, start, steps) : CountFromFirst(commit, start, -steps);
        if (pachd.Traits.KnowsBranchOfCommit)
            info.Branch ??= branch;

        return info;
    }

    /// <summary>The id of the commit that is meant.</summary>
    /// <exception cref="PachdError">There is none.</exception>
    public Commit ResolveId(Commit? commit) => Resolve(commit).Commit;

    private static NotFoundError NotFound(Commit commit) => new NotFoundError($"commit {commit.Id} not found in repo {commit.Repo.Name}");

    private (Commit Head, Branch Branch) HeadOf(string repo, string name)
    {
        var branch = pachd.Metadata.Branches(repo).Get(name);
        return (branch.Head ?? throw new NoHeadError(name, pachd.Traits.StartCommitCommand), branch.Branch);
    }

    private CommitInfo StepBack(Commit asked, Commit start, int steps)
    {
        var commits = pachd.Metadata.Commits(start.Repo.Name);
        var info = commits.Find(start.Id) ?? throw NotFound(pachd.Traits.ChecksRequests ? asked : start);
        for (; steps > 0; steps--)
        {
            var parent = info.ParentCommit ?? throw NotFound(asked);
            info = pachd.Metadata.Commits(parent.Repo.Name).Find(parent.Id)
                ?? throw new NotFoundError($"parent commit {parent.Id} not found in repo {parent.Repo.Name}");
        }

        return info;
    }

    private CommitInfo CountFromFirst(Commit asked, Commit start, int number)
    {
        var line = new List<CommitInfo>();
        for (var commit = start; commit is not null; commit = line[^1].ParentCommit)
        {
            line.Add(pachd.Metadata.Commits(commit.Repo.Name).Find(commit.Id) ?? throw NotFound(asked));
        }

        return number <= line.Count ? line[^number] : throw NotFound(asked);
    }
}
