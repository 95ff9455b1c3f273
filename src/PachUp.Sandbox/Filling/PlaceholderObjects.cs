using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Pfs;
using PachUp.Sandbox.Trees;

namespace PachUp.Sandbox.Filling;

/// <summary>
/// Puts something in the place of the objects that commits name, since listings tell their hashes alone: for a tree one without files that
/// states the size of the commit, which servers read from it, and for each part of a tree a part without files.
/// </summary>
internal sealed class PlaceholderObjects(Pachd pachd, CommitTrees trees, OutputParts parts)
{
    private readonly Dictionary<long, BlockRef> _trees = [];
    private BlockRef? _part;

    /// <summary>Makes the objects of all commits known.</summary>
    public void Fill(ClusterInventory cluster)
    {
        var commits = cluster.Repos.SelectMany(repo => repo.Commits).ToList();

        // Trees first: an object that one commit has as its tree and another as a part is a tree.
        foreach (var commit in commits)
        {
            Keep(commit.Tree, () => TreeOf(commit.SizeBytes));
        }

        foreach (var part in commits.SelectMany(commit => commit.Trees.Append(commit.Datums)))
        {
            Keep(part, Part);
        }
    }

    private void Keep(string? hash, Func<BlockRef> content)
    {
        if (hash is not null && !pachd.Objects.HasObject(hash))
            pachd.Objects.PutObject(hash, content());
    }

    /// <summary>Commits of one size share one block.</summary>
    private BlockRef TreeOf(long size)
    {
        if (!_trees.TryGetValue(size, out var block))
            _trees[size] = block = BlockOf(trees.Write(HashTree.Of([("", new TreeNode { Size = size })])));

        return block;
    }

    private BlockRef Part() => _part ??= BlockOf(parts.Write(new HashTree(), count: 1).Single());

    private BlockRef BlockOf(Wire.Object stored) => pachd.Objects.Inspect(stored.Hash).BlockRef;
}
