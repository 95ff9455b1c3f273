using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Lists and reads the files of commits.</summary>
internal sealed class FileReader(Pachd pachd, CommitResolver resolver, CommitTrees trees, OutputParts parts)
{
    /// <summary>Reads the files that a path matches, part by part, cut to a range.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Read(GetFileRequest request)
    {
        var (content, isOutput) = pachd.Metadata.InTransaction(() => ContentOf(request.File));
        if (content is null || isOutput)
            throw new PachdError($"no file(s) found that match {request.File.Path}");

        return ContentRange.Cut(content.Select(part => pachd.Objects.Read(part)), request.OffsetBytes, request.SizeBytes);
    }

    /// <summary>Returns all fields of one file or directory.</summary>
    public Wire.FileInfo Inspect(Wire.File file) => pachd.Metadata.InTransaction(() =>
    {
        var (info, tree) = Open(file);
        if (tree is null)
            throw new PachdError($"no file(s) found that match {file.Path}");

        var node = tree.Find(file.Path) ?? throw new NotFoundError(
            $"file {file.Path} not found in repo {info.Commit.Repo.Name} at commit {info.Commit.Id}");
        return InfoOf(info, tree, file.Path, node, full: true);
    });

    /// <summary>Lists the files that a path matches, and the content of the directories that it matches.</summary>
    public IReadOnlyList<Wire.FileInfo> List(Wire.File file, bool full) => pachd.Metadata.InTransaction<IReadOnlyList<Wire.FileInfo>>(() =>
    {
        var (info, tree) = Open(file);
        if (tree is null)
            return [];

        var matched = Match(info, tree, file.Path).ToList();
        var paths = matched.Select(node => node.Path).ToHashSet(StringComparer.Ordinal);
        var listed = matched.SelectMany(node => node.Node.IsDirectory ? tree.List(node.Path).Where(child => !paths.Contains(child.Path)) : [node]);
        var shown = ShownIn(file.Commit, info);
        return [.. listed.Select(node => InfoOf(shown, tree, pachd.Traits.ShowsRootedPaths ? node.Path : node.Path.TrimStart('/'), node.Node, full))];
    });

    /// <summary>What a pattern matches.</summary>
    public IReadOnlyList<Wire.FileInfo> Glob(Commit? commit, string pattern) => pachd.Metadata.InTransaction<IReadOnlyList<Wire.FileInfo>>(() =>
    {
        var (info, tree) = Open(new Wire.File { Commit = commit, Path = pattern });
        var isMissing = tree is null || (!IsOutput(info) && !pachd.Traits.Globs.IsPattern(pattern) && tree.Find(pattern) is null);
        return isMissing ? [] : [.. Match(info, tree!, pattern).Select(node => InfoOf(ShownIn(commit!, info), tree!, TreePaths.External(node.Path), node.Node, full: false))];
    });

    /// <summary>A file or directory and all that is in it.</summary>
    public IReadOnlyList<Wire.FileInfo> Walk(Wire.File file) => pachd.Metadata.InTransaction<IReadOnlyList<Wire.FileInfo>>(() =>
    {
        var (info, tree) = Open(file);
        return tree is null ? [] : [.. tree.Walk(file.Path).Select(node => InfoOf(info, tree, TreePaths.External(node.Path), node.Node, full: false))];
    });

    /// <summary>What differs between two files or directories; the older one is that of the parent commit where none is given.</summary>
    public DiffFileResponse Diff(DiffFileRequest request) => pachd.Metadata.InTransaction(() =>
    {
        var (newInfo, newTree) = Open(ServerCrash.IfNull(request.NewFile));
        var oldFile = request.OldFile ?? new Wire.File { Commit = newInfo.ParentCommit, Path = request.NewFile.Path };
        var (oldInfo, oldTree) = oldFile.Commit is null ? (null, new HashTree()) : Open(oldFile);
        var response = new DiffFileResponse();
        foreach (var (path, node) in TreeDifference.OnlyInFirst(newTree!, oldTree!, request.NewFile.Path, oldFile.Path, request.Shallow))
        {
            response.NewFiles.Add(InfoOf(newInfo, newTree!, path, node, full: false));
        }

        foreach (var (path, node) in TreeDifference.OnlyInFirst(oldTree!, newTree!, oldFile.Path, request.NewFile.Path, request.Shallow))
        {
            response.OldFiles.Add(InfoOf(oldInfo!, oldTree!, path, node, full: false));
        }

        return response;
    });

    /// <summary>A commit and its files; null for the files of a finished output commit without trees.</summary>
    private (CommitInfo Info, HashTree? Tree) Open(Wire.File file)
    {
        ServerCrash.IfNull(Refs.CommitOf(file));
        var info = resolver.Resolve(file.Commit);
        if (!IsOutput(info))
            return (info, trees.Of(info));

        if (info.Finished is null)
            throw new PachdError($"output commit {info.Commit.Id} not finished");

        return info.Trees.Count > 0 ? (info, parts.Read(info.Trees)) : (info, null);
    }

    private (IReadOnlyList<ContentPart>? Content, bool IsOutput) ContentOf(Wire.File? file)
    {
        var (info, tree) = Open(ServerCrash.IfNull(file));
        if (tree is null)
            return (null, true);

        var files = Match(info, tree, file!.Path).ToList();
        if (pachd.Traits.KeepsTreesAsMessage && files.Count > 0)
            return (ContentWithHeaders.Of(tree, files), false);

        return (files.Count == 0 ? null : [.. files.Where(node => !node.Node.IsDirectory).SelectMany(node => tree.ContentOf(node.Path).Parts)], false);
    }

    /// <summary>Matches a path. In output commits of 1.8 and later it is always a pattern, elsewhere only if it has a pattern character.</summary>
    private IEnumerable<(string Path, TreeNode Node)> Match(CommitInfo info, HashTree tree, string path) =>
        IsOutput(info) ? tree.Match(path, pachd.Traits.Globs) : tree.Glob(path, pachd.Traits.Globs);

    private bool IsOutput(CommitInfo info) => !pachd.Traits.KeepsTreesAsMessage && info.IsComputed();

    /// <summary>The commit as listings show it: 1.7 repeats the id or branch of the request.</summary>
    private CommitInfo ShownIn(Commit asked, CommitInfo info) => pachd.Traits.KeepsTreesAsMessage ? new CommitInfo(info) { Commit = asked } : info;

    /// <summary>The message about a file or directory.</summary>
    /// <param name="commit">The commit that it is in.</param>
    /// <param name="tree">All files of that commit.</param>
    /// <param name="path">The path to show.</param>
    /// <param name="node">The file or directory.</param>
    /// <param name="full">Whether to show fields that may be large.</param>
    public Wire.FileInfo InfoOf(CommitInfo commit, HashTree tree, string path, TreeNode node, bool full)
    {
        node = node.HasSharedParts ? tree.WithSharedParts(path) : node;
        var info = new Wire.FileInfo
        {
            File = new Wire.File { Commit = commit.Commit, Path = path },
            FileType = node.IsDirectory ? FileType.Dir : FileType.File,
            SizeBytes = (ulong)node.Size,
            Hash = ByteString.CopyFrom(node.Hash.Span),
            Committed = pachd.Traits.ShowsRootedPaths ? commit.Finished : null,
        };
        if (full && node.Objects is not null)
        {
            info.Objects.Add(node.Objects.Select(hash => new Wire.Object { Hash = hash }));
            info.BlockRefs.Add(node.BlockRefs);
        }

        if (full && node.IsDirectory && pachd.Traits.KeepsTreesAsMessage)
            info.Children.Add(tree.List(path).Select(child => child.Node.Name));

        return info;
    }
}
