using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Storage;

/// <summary>
/// Blocks, objects and tags in pachd's layout. An object is a range of a block; its name is the SHA-512 of its content in hexadecimal digits. A tag
/// names an object.
/// </summary>
internal sealed class ObjectStorage(IBlobStore blobs, string root, string shownRoot)
{
    private readonly string _blocks = root + "block/";
    private readonly string _objects = root + "object/";
    private readonly string _tags = root + "tag/";

    // How often garbage was collected. It is part of the keys of pachd's cache, and so of an error text.
    private int _generation;

    /// <summary>The hash that is the name of an object with this content.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA512.HashData(content));

    /// <summary>Stores content if it is missing, and returns its object.</summary>
    /// <param name="content">The whole content. It is not copied.</param>
    /// <param name="block">The name of the new block; empty for a random name.</param>
    public Wire.Object Put(byte[] content, string block = "")
    {
        var hash = HashOf(content);
        if (!HasObject(hash))
        {
            var name = block.Length > 0 ? block : Ids.New();
            PutBlock(name, content);
            PutObject(hash, new BlockRef { Block = new Block { Hash = name }, Range = new ByteRange { Upper = (ulong)content.Length } });
        }

        return new Wire.Object { Hash = hash };
    }

    /// <summary>Stores the content of a block.</summary>
    public void PutBlock(string name, byte[] content) => blobs.Put(_blocks + name, content);

    /// <summary>Records in which block an object is; the block may be missing.</summary>
    public void PutObject(string hash, BlockRef blockRef) => blobs.Put(_objects + hash, blockRef.ToByteArray());

    /// <summary>Records the object of a tag; the object may be missing.</summary>
    public void PutTag(string tag, string hash) => blobs.Put(_tags + tag, Encoding.UTF8.GetBytes(hash));

    /// <summary>Whether there is an object with this hash.</summary>
    public bool HasObject(string hash) => blobs.Find(_objects + hash) is not null;

    /// <summary>Whether a block is there.</summary>
    public bool HasBlock(string name) => blobs.LengthOf(_blocks + name) is not null;

    /// <summary>Where an object is.</summary>
    /// <exception cref="PachdError">There is no such object.</exception>
    public ObjectInfo Inspect(string hash)
    {
        if (hash.Length == 0)
            throw new PachdError($"invalid key .{_generation} (this is likely a bug)");

        var blockRef = blobs.Find(_objects + hash) ?? throw new NotFoundError($"objectInfoGetter: object {hash} not found");
        return new ObjectInfo { Object = new Wire.Object { Hash = hash }, BlockRef = BlockRef.Parser.ParseFrom(blockRef) };
    }

    /// <summary>The content of an object.</summary>
    /// <exception cref="PachdError">The object or its block is missing.</exception>
    public ReadOnlyMemory<byte> Read(string hash) => Read(Inspect(hash).BlockRef);

    /// <summary>The content of a range of a block.</summary>
    /// <exception cref="PachdError">The block is missing or too short.</exception>
    public ReadOnlyMemory<byte> Read(BlockRef blockRef)
    {
        var block = _blocks + blockRef.Block.Hash;
        var length = blobs.LengthOf(block) ?? throw NoBlock(blockRef.Block.Hash);
        var (lower, upper) = (blockRef.Range?.Lower ?? 0, blockRef.Range?.Upper ?? 0);
        return lower <= upper && upper <= (ulong)length
            ? blobs.Read(block, (long)lower, (int)(upper - lower))
            : throw new PachdError($"block {blockRef.Block.Hash} is shorter than the object in it");
    }

    /// <summary>A part of the content of a file.</summary>
    /// <exception cref="PachdError">The object or the block is missing.</exception>
    public ReadOnlyMemory<byte> Read(ContentPart part) => part.Object is { } hash ? Read(hash) : Read(part.Block!);

    /// <summary>The content of a block.</summary>
    /// <exception cref="PachdError">The block is missing.</exception>
    public ReadOnlyMemory<byte> ReadBlock(string name) => blobs.Find(_blocks + name) ?? throw NoBlock(name);

    /// <summary>The error text of pachd's disk for a file in the directory of blocks.</summary>
    public string BlockFile(string file, string error) => $"open /pach/{shownRoot}block/{file}: {error}";

    /// <summary>The object that a tag names; null where there is no such tag.</summary>
    public string? FindTag(string tag) => blobs.Find(_tags + tag) is { } hash ? Encoding.UTF8.GetString(hash) : null;

    /// <summary>The object that a tag names.</summary>
    /// <exception cref="PachdError">There is no such tag.</exception>
    public string ObjectOfTag(string tag) => FindTag(tag) ?? throw new NotFoundError($"tagGetter: tag {tag} not found");

    /// <summary>The hashes of all objects, in their order.</summary>
    public IReadOnlyList<string> ListObjects() => WithoutPrefix(_objects, "");

    /// <summary>The names of all blocks, in their order.</summary>
    public IReadOnlyList<string> ListBlocks() => WithoutPrefix(_blocks, "");

    /// <summary>The tags that begin with <paramref name="prefix"/>, in their order, with the object that each names.</summary>
    public IEnumerable<(string Tag, string Hash)> ListTags(string prefix) =>
        WithoutPrefix(_tags, prefix).Select(tag => (tag, ObjectOfTag(tag)));

    /// <summary>Deletes an object; its block stays.</summary>
    public void DeleteObject(string hash) => blobs.Delete(_objects + hash);

    /// <summary>Notes that garbage was collected.</summary>
    public void EndGeneration() => Interlocked.Increment(ref _generation);

    /// <summary>Deletes a tag.</summary>
    public void DeleteTag(string tag) => blobs.Delete(_tags + tag);

    private NotFoundError NoBlock(string name) => new(BlockFile(name, "no such file or directory"));

    private IReadOnlyList<string> WithoutPrefix(string folder, string prefix) =>
        [.. blobs.List(folder + prefix).Select(key => key[folder.Length..])];
}
