using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Repos.</summary>
internal sealed class Repos(Pachd pachd, Branches branches, NameRules names)
{
    public void Create(Repo? repo, string description, bool update)
    {
        var name = Required(repo).Name;
        names.CheckRepo(name);
        pachd.Metadata.InTransaction(() =>
        {
            if (update && (pachd.Metadata.Repos.Contains(name) || !pachd.Traits.UpdateCreatesRepo))
                Update(name, description);
            else
                CreateNew(name, description);
        });
    }

    public RepoInfo Inspect(Repo? repo)
    {
        var name = Required(repo).Name;
        return pachd.Metadata.InTransaction(() => pachd.Metadata.Repos.Inspect(name));
    }

    /// <summary>All repos except that of the specs, newest first.</summary>
    public IReadOnlyList<RepoInfo> List() => pachd.Metadata.InTransaction<IReadOnlyList<RepoInfo>>(() =>
        [.. pachd.Metadata.Repos.List().Select(repo => repo.Value).Where(repo => repo.Repo.Name != Refs.SpecRepo)]);

    public void Delete(Repo? repo, bool force)
    {
        var name = Required(repo).Name;
        pachd.Metadata.InTransaction(() => DeleteAlone(name, force));
    }

    /// <summary>Deletes all repos except that of the specs: up to 1.9.5 one by one, later all or none.</summary>
    public void DeleteAll(bool force)
    {
        if (pachd.Traits.ChecksRequests)
            pachd.Metadata.InTransaction(() => DeleteEach(force));
        else
            DeleteEach(force);
    }

    private void DeleteEach(bool force)
    {
        foreach (var repo in List())
        {
            Delete(repo.Repo, force);
        }
    }

    private Repo Required(Repo? repo) =>
        repo ?? (pachd.Traits.ChecksRequests ? throw new PachdError("repo cannot be nil") : throw new ServerCrash());

    private void CreateNew(string name, string description)
    {
        if (pachd.Metadata.Repos.Contains(name))
            throw new PachdError(pachd.Traits.NamesExistingRepos ? $"repo {name} already exists" : $"cannot create \"{name}\" as it already exists");

        pachd.Metadata.Repos.Create(name, new RepoInfo { Repo = Refs.Repo(name), Created = pachd.Now(), Description = description });
    }

    private void Update(string name, string description)
    {
        try
        {
            pachd.Metadata.Repos.Update(name, info => info.Description = description);
        }
        catch (NotFoundError e)
        {
            throw e.WithPrefix("error updating repo: ");
        }
    }

    private void DeleteAlone(string name, bool force)
    {
        var info = pachd.Metadata.Repos.Find(name);
        if (pachd.Traits.ChecksRequests)
            ForgetSubvenance(name);

        pachd.Metadata.Commits(name).DeleteAll();

        // Branches with the most provenance are deleted first, so that no branch is deleted before one that is computed from it.
        var leastFirst = (info?.Branches ?? []).Select(branches.Inspect).OrderBy(branch => branch.Provenance.Count).ToList();
        foreach (var branch in Enumerable.Reverse(leastFirst))
        {
            DeleteBranch(branch.Branch, force);
        }

        pachd.Metadata.Branches(name).DeleteAll();
        if (info is not null)
            pachd.Metadata.Repos.Delete(name);

        if (pachd.Metadata.TickedUntil.Contains(name))
            pachd.Metadata.TickedUntil.Delete(name);
    }

    private void DeleteBranch(Branch branch, bool force)
    {
        try
        {
            branches.Delete(branch, force);
        }
        catch (PachdError e)
        {
            throw e.WithPrefix($"delete branch {branch.Text()}: ");
        }
    }

    /// <summary>Removes the commits of a repo from the subvenance of other commits.</summary>
    private void ForgetSubvenance(string name)
    {
        var upstream = pachd.Metadata.Commits(name).List().SelectMany(commit => commit.Value.ProvenantCommits())
            .Where(commit => commit.Repo.Name != name).DistinctBy(commit => commit.Id);
        foreach (var commit in upstream.ToList())
        {
            ForgetSubvenance(commit, name);
        }
    }

    private void ForgetSubvenance(Commit commit, string repo)
    {
        try
        {
            pachd.Metadata.Commits(commit.Repo.Name).Update(commit.Id, info =>
            {
                var others = info.Subvenance.Where(range => range.Upper.Repo.Name != repo).ToList();
                info.Subvenance.Clear();
                info.Subvenance.Add(others);
            });
        }
        catch (PachdError e)
        {
            throw e.WithPrefix($"err fixing subvenance of upstream commit {commit.Repo.Name}/{commit.Id}: ");
        }
    }
}
