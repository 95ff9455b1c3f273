using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Puts, copies and deletes files in an open commit, or on a branch, where each call makes a new finished commit.</summary>
internal sealed class FileWriter(Pachd pachd, CommitResolver resolver, CommitMaker maker, CommitTrees trees)
{
    /// <summary>Where the files of one call go.</summary>
    /// <param name="Repo">The repo.</param>
    /// <param name="CommitId">The open commit; null to make a new one on <paramref name="Branch"/>.</param>
    /// <param name="Branch">The branch; empty where the client gave the id of a commit.</param>
    internal sealed record Target(string Repo, string? CommitId, string Branch);

    /// <exception cref="PachdError">The commit is finished, or there is no such commit.</exception>
    public Target FindTarget(Commit commit)
    {
        var branch = Ids.IsId(commit.Id) ? "" : commit.Id;
        var repo = ServerCrash.IfNull(commit.Repo).Name;
        return pachd.Metadata.InTransaction(() =>
        {
            var info = TryResolve(commit, branch);
            if (info is { Finished: null })
                return new Target(repo, info.Commit.Id, branch);

            return branch.Length > 0 ? new Target(repo, null, branch) : throw new PachdError($"commit {commit.Id} in repo {repo} has already finished");
        });
    }

    public void Put(Target target, IReadOnlyList<(string Path, PutFileRecords Records)> files)
    {
        if (target.CommitId is { } id)
            pachd.Metadata.InTransaction(() => AddToOpenCommit(id, files));
        else
            maker.Make(new NewCommit { Parent = Refs.Commit(target.Repo, ""), Branch = target.Branch, Writes = files });
    }

    public void Delete(Wire.File? file)
    {
        var commit = Refs.CommitOf(file);
        var info = pachd.Metadata.InTransaction(() => resolver.Resolve(commit));
        if (info.Finished is not null && Ids.IsId(commit.Id))
            throw new PachdError($"commit {commit.Id} in repo {commit.Repo.Name} has already finished");

        var target = new Target(commit.Repo.Name, info.Finished is null ? info.Commit.Id : null, Ids.IsId(commit.Id) ? "" : commit.Id);
        Put(target, [(file!.Path, new PutFileRecords { Tombstone = true })]);
    }

    public void Copy(CopyFileRequest request)
    {
        var source = Refs.CommitOf(request.Src);
        var target = FindTarget(Refs.CommitOf(request.Dst));
        TreePaths.Validate(request.Dst.Path, pachd.Traits.Globs);
        var files = new List<(string, PutFileRecords)>();
        if (request.Overwrite)
            files.Add((request.Dst.Path, new PutFileRecords { Tombstone = true }));

        var from = TreePaths.Clean(request.Src.Path);
        var tree = pachd.Metadata.InTransaction(() => trees.Of(resolver.Resolve(source)));
        files.AddRange(tree.Walk(from).Where(found => !found.Node.IsDirectory).Select(found =>
            (TreePaths.Clean(request.Dst.Path + found.Path[from.Length..]), RecordsOf(found.Node))));
        Put(target, files);
    }

    /// <summary>The records for a copy of a file. The sizes of the single objects are not known, so the first record has the whole size.</summary>
    private static PutFileRecords RecordsOf(TreeNode node)
    {
        var records = new PutFileRecords();
        records.Records.Add(node.Objects!.Select((hash, i) => new PutFileRecord { ObjectHash = hash, SizeBytes = i == 0 ? node.Size : 0 }));
        return records;
    }

    private CommitInfo? TryResolve(Commit commit, string branch)
    {
        try
        {
            return resolver.Resolve(commit);
        }
        catch (PachdError e) when (branch.Length > 0 && (e is NoHeadError || e.IsNotFound))
        {
            return null;
        }
    }

    private void AddToOpenCommit(string id, IReadOnlyList<(string Path, PutFileRecords Records)> files)
    {
        pachd.Metadata.OpenCommits.Inspect(id);
        foreach (var (path, records) in files)
        {
            var clean = TreePaths.Clean(path);
            var writes = pachd.Metadata.Writes(id);
            writes.Put(clean, Merge(writes.Find(clean) ?? new PutFileRecords(), records));
        }
    }

    private static PutFileRecords Merge(PutFileRecords before, PutFileRecords added)
    {
        if (added.Tombstone)
        {
            before.Tombstone = true;
            before.Records.Clear();
        }

        before.Split = added.Split;
        before.Records.Add(added.Records);
        before.Header = added.Header;
        before.Footer = added.Footer;
        return before;
    }
}
