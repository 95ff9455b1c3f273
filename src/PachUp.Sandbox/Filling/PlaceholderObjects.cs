using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Pfs;
using PachUp.Sandbox.Trees;

namespace PachUp.Sandbox.Filling;

/// <summary>
/// Puts something in the place of the objects that commits name, since listings tell their hashes alone: for a tree one without files that
/// states the size of the commit, which servers read from it.
/// </summary>
internal sealed class PlaceholderObjects(Pachd pachd, CommitTrees trees)
{
    private readonly Dictionary<long, BlockRef> _bySize = [];

    /// <summary>Makes the objects of all commits known.</summary>
    public void Fill(ClusterInventory cluster)
    {
        foreach (var commit in cluster.Repos.SelectMany(repo => repo.Commits))
        {
            Keep(commit.Tree, commit.SizeBytes);
            Keep(commit.Datums, size: 0);
            foreach (var part in commit.Trees)
            {
                Keep(part, size: 0);
            }
        }
    }

    private void Keep(string? hash, long size)
    {
        if (hash is not null && !pachd.Objects.HasObject(hash))
            pachd.Objects.PutObject(hash, TreeOf(size));
    }

    /// <summary>Commits of one size share one block.</summary>
    private BlockRef TreeOf(long size)
    {
        if (!_bySize.TryGetValue(size, out var block))
        {
            var tree = trees.Write(HashTree.Of([("", new TreeNode { Size = size })]));
            _bySize[size] = block = pachd.Objects.Inspect(tree.Hash).BlockRef;
        }

        return block;
    }
}
