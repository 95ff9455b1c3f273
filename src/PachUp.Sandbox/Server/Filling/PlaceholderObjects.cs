using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Filling;

/// <summary>
/// Makes placeholders for the objects that commits name, since listings have only their hashes. The placeholder of a tree has no files and states
/// the size of the commit, which servers read from it. The placeholder of a part of a tree has no files. All placeholders can be read: whether the
/// real objects can be read is not known.
/// </summary>
internal sealed class PlaceholderObjects(Pachd pachd, CommitTrees commitTrees, OutputParts parts)
{
    private readonly Dictionary<long, BlockRef> _trees = [];
    private BlockRef? _part;

    /// <summary>Makes placeholders for the missing objects of all commits.</summary>
    public void Fill(ClusterInventory cluster)
    {
        var commits = cluster.Repos.SelectMany(repo => repo.Commits).ToList();
        var trees = new HashSet<string>(StringComparer.Ordinal);
        foreach (var commit in commits)
        {
            if (commit.Tree is { } tree && Keep(tree, () => TreeOf(commit.SizeBytes)))
                trees.Add(tree);
        }

        foreach (var part in commits.SelectMany(commit => commit.Trees.Append(commit.Datums)).OfType<string>())
        {
            // A commit may have the tree of another commit as its part: with an index it can be read as both.
            if (trees.Contains(part))
                parts.WriteMissingIndex(new Wire.Object { Hash = part });
            else
                Keep(part, Part);
        }
    }

    /// <summary>Stores an object if it is missing, and returns whether it was missing.</summary>
    private bool Keep(string hash, Func<BlockRef> content)
    {
        if (pachd.Objects.HasObject(hash))
            return false;

        pachd.Objects.PutObject(hash, content());
        return true;
    }

    /// <summary>Commits of one size share one block.</summary>
    private BlockRef TreeOf(long size)
    {
        if (!_trees.TryGetValue(size, out var block))
            _trees[size] = block = BlockOf(commitTrees.Write(HashTree.Of([("", new TreeNode { Size = size })])));

        return block;
    }

    private BlockRef Part() => _part ??= BlockOf(parts.Write(new HashTree(), count: 1).Single());

    private BlockRef BlockOf(Wire.Object stored) => pachd.Objects.Inspect(stored.Hash).BlockRef;
}
