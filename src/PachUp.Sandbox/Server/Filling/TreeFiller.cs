using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>
/// Makes files readable that are only known from listings and reads: writes missing trees under the hashes that the commits name, and the blocks that
/// trees name.
/// </summary>
internal sealed class TreeFiller(Pachd pachd, CommitTrees trees, OutputParts parts)
{
    /// <summary>Writes the trees and blocks of commits as far as they are known.</summary>
    public void Fill(IReadOnlyList<ListedCommit> listed)
    {
        foreach (var commit in listed)
        {
            WriteMissingTree(commit);
        }

        var blocks = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var commit in listed)
        {
            Collect(commit, blocks);
        }

        foreach (var (name, content) in blocks.Where(block => !pachd.Objects.HasBlock(block.Key)))
        {
            pachd.Objects.PutBlock(name, content);
        }
    }

    private static bool IsOutput(CommitInfo commit) => commit.Trees.Count > 0;

    private static List<string> TreesOf(CommitInfo commit)
    {
        if (IsOutput(commit))
            return [.. commit.Trees.Select(tree => tree.Hash).Distinct()];

        return commit.Tree is { } tree ? [tree.Hash] : [];
    }

    private void WriteMissingTree(ListedCommit listed)
    {
        var hashes = TreesOf(listed.Commit);
        if (listed.Files.Count > 0 && hashes.Count > 0 && !hashes.Exists(pachd.Objects.HasObject))
            WriteTree(listed, hashes);

        if (IsOutput(listed.Commit))
            hashes.FindAll(pachd.Objects.HasObject).ForEach(hash => parts.WriteMissingIndex(new Wire.Object { Hash = hash }));
    }

    /// <summary>Writes all files of an output into its first part, since listings do not show which part a file was in.</summary>
    private void WriteTree(ListedCommit listed, List<string> hashes)
    {
        var nodes = listed.Files.Select(file => (TreePaths.Clean(file.File.Path), NodeOf(file, listed))).ToList();
        Keep(hashes[0], IsOutput(listed.Commit) ? KeyValueTreeCodec.WriteNodes(nodes) : trees.BytesOf(HashTree.Of(nodes)));
        foreach (var hash in hashes.Skip(1))
        {
            Keep(hash, []);
        }
    }

    /// <summary>Stores content under the hash of an object whose real content is not known.</summary>
    private void Keep(string hash, byte[] content)
    {
        var block = new Block { Hash = Ids.New() };
        pachd.Objects.PutBlock(block.Hash, content);
        pachd.Objects.PutObject(hash, new BlockRef { Block = block, Range = new ByteRange { Upper = (ulong)content.Length } });
    }

    private TreeNode NodeOf(Wire.FileInfo file, ListedCommit listed)
    {
        var node = new TreeNode { Name = TreePaths.Base(TreePaths.Clean(file.File.Path)), Size = (long)file.SizeBytes, Hash = file.Hash.Memory };
        if (file.FileType is FileType.Dir)
            return node;

        var content = listed.Contents.GetValueOrDefault(file.File.Path);
        if (file.Objects.Count == 0 && file.BlockRefs.Count == 0)
            return NodeOf(file, listed, node, content);

        if (file.Objects.Count == 1 && content is not null)
            pachd.Objects.Put(content);

        return node with { Objects = [.. file.Objects.Select(part => part.Hash)], BlockRefs = [.. file.BlockRefs] };
    }

    private TreeNode NodeOf(Wire.FileInfo file, ListedCommit listed, TreeNode node, byte[]? content) =>
        IsOutput(listed.Commit)
            ? node with { Objects = [], BlockRefs = [BlockOf(file, content, listed.MissingBlocks.GetValueOrDefault(file.File.Path))] }
            : node with { Objects = content is null ? [] : [pachd.Objects.Put(content).Hash] };

    /// <summary>
    /// A new block for a file, or the name of a missing block if the file could not be read. A file may be listed with more bytes than it has: the inputs
    /// in statistics are listed with their size and have no content.
    /// </summary>
    private BlockRef BlockOf(Wire.FileInfo file, byte[]? content, string? missing)
    {
        var block = new Block { Hash = missing ?? Ids.New() };
        if (content is not null)
            pachd.Objects.PutBlock(block.Hash, content);

        return new BlockRef { Block = block, Range = new ByteRange { Upper = (ulong?)content?.Length ?? file.SizeBytes } };
    }

    private void Collect(ListedCommit listed, Dictionary<string, byte[]> blocks)
    {
        if (!IsOutput(listed.Commit) || !listed.Commit.Trees.All(tree => pachd.Objects.HasObject(tree.Hash)))
            return;

        var files = parts.Read(listed.Commit.Trees);
        foreach (var (path, content) in listed.Contents)
        {
            if (files.Find(path) is { IsDirectory: false } node)
                Spread(node, content, blocks);
        }
    }

    private static void Spread(TreeNode node, byte[] content, Dictionary<string, byte[]> blocks)
    {
        var offset = 0;
        foreach (var part in node.BlockRefs)
        {
            var (lower, upper) = ((int)(part.Range?.Lower ?? 0), (int)(part.Range?.Upper ?? 0));
            var block = blocks.GetValueOrDefault(part.Block.Hash, []);
            if (block.Length < upper)
                Array.Resize(ref block, upper);

            content.AsSpan(offset, Math.Min(upper - lower, content.Length - offset)).CopyTo(block.AsSpan(lower));
            blocks[part.Block.Hash] = block;
            offset += upper - lower;
        }
    }
}
