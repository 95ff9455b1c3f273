using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>Splits the inputs of a job into datums.</summary>
internal sealed class DatumSource(Pachd pachd, CommitResolver resolver, CommitTrees trees, OutputParts parts)
{
    /// <summary>The datums of a job. For one input: the biggest files first. For crossed inputs: the first input changes fastest.</summary>
    /// <param name="input">The job's input, with the commits that it reads.</param>
    /// <exception cref="PachdError">A commit or its files cannot be read, or a pattern is malformed.</exception>
    public IReadOnlyList<JobDatum> Of(Input? input) =>
        input is null ? [] : [.. Combine(input).Select(inputs => new JobDatum([.. inputs.OrderBy(part => part.Name, StringComparer.Ordinal)]))];

    private IEnumerable<IEnumerable<DatumInput>> Combine(Input input) => input switch
    {
        { Pfs: { } pfs } => Files(pfs.Name, pfs.Repo, pfs.Commit, pfs.Glob),
        { Atom: { } atom } => Files(atom.Name, atom.Repo, atom.Commit, atom.Glob),
        { Cron: { } cron } => Files(cron.Name, cron.Repo, cron.Commit, "/*"),
        { Git: { } git } => Files(git.Name, git.Name, git.Commit, "/"),
        { Union.Count: > 0 } => input.Union.SelectMany(Combine),
        { Cross.Count: > 0 } => Cross(input.Cross),
        { Join.Count: > 0 } => Join(input.Join),
        _ => [],
    };

    private IEnumerable<IEnumerable<DatumInput>> Cross(IEnumerable<Input> inputs)
    {
        IEnumerable<IEnumerable<DatumInput>> one = [[]];
        return inputs.Select(input => Combine(input).ToList())
            .Aggregate(one, (all, next) => next.SelectMany(_ => all, (part, datum) => datum.Concat(part)));
    }

    /// <summary>All combinations of files with the same key.</summary>
    private IEnumerable<IEnumerable<DatumInput>> Join(IEnumerable<Input> inputs)
    {
        var byKey = inputs.Select(input => Files(input.Pfs.Name, input.Pfs.Repo, input.Pfs.Commit, input.Pfs.Glob)
            .ToLookup(part => KeyOf(input.Pfs, part.Single().Path), StringComparer.Ordinal)).ToList();
        IEnumerable<IEnumerable<DatumInput>> one = [[]];
        return byKey[0].Select(group => group.Key).SelectMany(key =>
            byKey.Aggregate(one, (all, input) => all.SelectMany(_ => input[key], (datum, part) => datum.Concat(part))));
    }

    private string KeyOf(PFSInput input, string path) =>
        pachd.Traits.Globs.IsPattern(input.Glob) ? pachd.Traits.Globs.Parse(TreePaths.Clean(input.Glob)).Fill(input.JoinOn, path) : input.JoinOn;

    private IEnumerable<IReadOnlyList<DatumInput>> Files(string name, string repo, string commit, string glob)
    {
        if (commit.Length == 0)
            return [];

        var info = resolver.Resolve(Refs.Commit(repo, commit));
        var files = FilesOf(info);
        var isThere = files.All.Skip(1).Any() && (pachd.Traits.Globs.IsPattern(glob) || files.Find(glob) is not null);
        return isThere ? InOrder(files.Glob(glob, pachd.Traits.Globs)).Select(found => (IReadOnlyList<DatumInput>)[new DatumInput(name, found.Path, files, info)]) : [];
    }

    private static IEnumerable<(string Path, TreeNode Node)> InOrder(IEnumerable<(string Path, TreeNode Node)> found) =>
        found.OrderByDescending(file => file.Node.Size).ThenBy(file => file.Path, StringComparer.Ordinal);

    private HashTree FilesOf(CommitInfo commit) => commit.Trees.Count > 0 && commit.IsComputed() ? parts.Read(commit.Trees) : trees.OfFinished(commit.Commit);
}
