using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>The files of commits: read from and written to the object store, and put together for open commits.</summary>
internal sealed class CommitTrees(Pachd pachd, CommitResolver resolver)
{
    private readonly ITreeCodec _codec = pachd.Traits.KeepsTreesAsMessage ? new MessageTreeCodec() : new KeyValueTreeCodec();

    /// <summary>The tree in an object.</summary>
    /// <exception cref="PachdError">The object is not there, or no tree.</exception>
    public HashTree Read(Wire.Object tree) => _codec.Read(pachd.Objects.Read(tree.Hash));

    /// <summary>Writes a tree, whose hashes are computed for that, as an object.</summary>
    public Wire.Object Write(HashTree tree)
    {
        tree.Hash();
        return pachd.Objects.Put(_codec.Write(tree));
    }

    /// <summary>A tree with the hashes that it has, as an object holds it.</summary>
    public byte[] BytesOf(HashTree tree) => _codec.Write(tree);

    /// <summary>The files of a finished commit; none for no commit, and for one that has no tree.</summary>
    /// <exception cref="PachdError">The commit is open, or its tree cannot be read.</exception>
    public HashTree OfFinished(Commit? commit)
    {
        if (commit is null || commit.Id.Length == 0)
            return new HashTree();

        var info = resolver.Resolve(commit);
        if (info.Finished is null)
            throw new PachdError("cannot read from an open commit");

        return info.Tree is null ? new HashTree() : Read(info.Tree);
    }

    /// <summary>The files of a commit as they are now.</summary>
    public HashTree Of(CommitInfo info) => info.Finished is null ? OfOpen(info, OfFinished(info.ParentCommit)) : OfFinished(info.Commit);

    /// <summary>The files of an open commit: those of its parent, and what was put since.</summary>
    public HashTree OfOpen(CommitInfo info, HashTree parent)
    {
        var tree = parent.Copy();
        foreach (var (path, records) in pachd.Metadata.Writes(info.Commit.Id).ListByChange())
        {
            TreeWrites.Apply(tree, path, records, pachd.Traits);
        }

        tree.Hash();
        return tree;
    }
}
