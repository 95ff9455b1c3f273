using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Pfs;

/// <summary>Reads and writes the trees of commits, and builds the trees of open commits.</summary>
internal sealed class CommitTrees(Pachd pachd, CommitResolver resolver)
{
    private readonly ITreeCodec _codec = pachd.Traits.KeepsTreesAsMessage ? new MessageTreeCodec() : new KeyValueTreeCodec();

    /// <summary>The tree in an object.</summary>
    /// <exception cref="PachdError">The object is missing or not a tree.</exception>
    public HashTree Read(Wire.Object tree) => _codec.Read(pachd.Objects.Read(tree.Hash));

    /// <summary>Updates the hashes of a tree and writes it as an object.</summary>
    public Wire.Object Write(HashTree tree)
    {
        tree.Hash();
        return pachd.Objects.Put(_codec.Write(tree));
    }

    /// <summary>The bytes of a tree as an object holds them, with its current hashes.</summary>
    public byte[] BytesOf(HashTree tree) => _codec.Write(tree);

    /// <summary>The files of a finished commit; no files where there is no commit or it has no tree.</summary>
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

    /// <summary>The current files of a commit.</summary>
    public HashTree Of(CommitInfo info) => info.Finished is null ? OfOpen(info, OfFinished(info.ParentCommit)) : OfFinished(info.Commit);

    /// <summary>The files of an open commit: those of its parent with everything that was put into it.</summary>
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
