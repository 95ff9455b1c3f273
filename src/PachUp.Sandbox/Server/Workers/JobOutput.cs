using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>
/// Makes the output of datums: copies their files from <c>/pfs/*/</c> to <c>/pfs/out/</c>, stores the results under a tag, and merges results into the
/// files of a commit. From 1.8 on the files of a datum are in one block, and trees name that block.
/// </summary>
internal sealed class JobOutput(Pachd pachd, PpsTraits traits, CommitTrees trees, OutputParts parts)
{
    /// <summary>Whether the results of a datum exist.</summary>
    public bool HasResults(string tag) => pachd.Objects.FindTag(tag) is not null;

    /// <summary>Does the work of the pipeline's code, and stores the results under a tag.</summary>
    /// <exception cref="PachdError">A file of the datum cannot be read.</exception>
    public void Process(JobDatum datum, string tag)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (path, input) in datum.Inputs.SelectMany(input => input.FilePaths.Select(path => (path, input))))
        {
            // A file replaces the file of an earlier input at the same path.
            files[path] = [.. input.Files.ContentOf(path).Parts.SelectMany(part => pachd.Objects.Read(part).ToArray())];
        }

        var results = traits.WritesOutputInParts ? parts.WriteResults(InOneBlock(files)) : trees.Write(InObjects(files));
        pachd.Objects.PutTag(tag, results.Hash);
    }

    /// <summary>The request that finishes a commit with the results of all datums of its job. Files with the same path are concatenated.</summary>
    /// <exception cref="PachdError">A file of one datum is a directory of another.</exception>
    public FinishCommitRequest FinishRequest(Commit output, IReadOnlyList<string> tags, HashtreeSpec? spec)
    {
        var all = new HashTree();
        foreach (var (path, node) in tags.SelectMany(ResultsOf))
        {
            Append(all, path, node);
        }

        var request = tags.Count == 0 && traits.WritesOutputInParts
            ? new FinishCommitRequest { Commit = output, Trees = { parts.WriteEmpty(PartsOf(spec)) } }
            : FinishRequest(output, all, PartsOf(spec));
        request.Datums = traits.WritesOutputInParts ? pachd.Objects.Put(ListOf(tags)) : null;
        return request;
    }

    /// <summary>The request that finishes the commit of a job's statistics, with the result of each datum.</summary>
    public FinishCommitRequest FinishStatsRequest(Commit stats, Job job, IReadOnlyList<DatumResult> results)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (result, index) in results.Select((result, index) => (result, index)))
        {
            files[$"/{result.Id}/job:{job.Id}"] = [];
            files[$"/{result.Id}/index"] = Encoding.UTF8.GetBytes($"{index}");
            files[$"/{result.Id}/stats"] = Encoding.UTF8.GetBytes(result.Stats.ToString());
            if (result.Failure is { } failure)
                files[$"/{result.Id}/failure"] = Encoding.UTF8.GetBytes(failure);
        }

        return FinishRequest(stats, traits.WritesOutputInParts ? InOneBlock(files) : InObjects(files), count: 1);
    }

    private FinishCommitRequest FinishRequest(Commit commit, HashTree files, int count)
    {
        var request = new FinishCommitRequest { Commit = commit };
        if (!traits.WritesOutputInParts)
        {
            request.Tree = trees.Write(files);
            return request;
        }

        request.Trees.Add(parts.Write(files, count));
        request.SizeBytes = (ulong)files.Size;
        return request;
    }

    private HashTree InOneBlock(SortedDictionary<string, byte[]> files)
    {
        var (tree, block, offset) = (new HashTree(), new Block { Hash = Ids.New() }, 0UL);
        foreach (var (path, content) in files)
        {
            var range = new ByteRange { Lower = offset, Upper = offset + (ulong)content.Length };
            tree.AddFile(path, new TreeNode
            {
                Objects = [],
                BlockRefs = [new BlockRef { Block = block, Range = range }],
                Size = content.Length,
                Hash = SHA512.HashData(content),
            });
            offset = range.Upper;
        }

        pachd.Objects.PutBlock(block.Hash, [.. files.Values.SelectMany(content => content)]);
        return tree;
    }

    private HashTree InObjects(SortedDictionary<string, byte[]> files)
    {
        var tree = new HashTree();
        foreach (var (path, content) in files)
        {
            tree.PutFile(path, [pachd.Objects.Put(content).Hash], content.Length);
        }

        return tree;
    }

    private void Append(HashTree all, string path, TreeNode node)
    {
        if (!traits.WritesOutputInParts)
        {
            all.PutFile(path, node.Objects!, node.Size);
            return;
        }

        if (all.Find(path) is not { } before)
        {
            all.AddFile(path, node);
            return;
        }

        if (before.IsDirectory)
            throw new PachdError($"could not merge path \"{path}\" which is a different type in different hashtrees");

        all.AddFile(path, before with
        {
            BlockRefs = [.. before.BlockRefs, .. node.BlockRefs],
            Size = before.Size + node.Size,
            Hash = SHA512.HashData([.. before.Hash.Span, .. node.Hash.Span]),
        });
    }

    private static int PartsOf(HashtreeSpec? spec) => spec is { Constant: > 0 and <= int.MaxValue } ? (int)spec.Constant : 1;

    private IEnumerable<(string Path, TreeNode Node)> ResultsOf(string tag)
    {
        var results = new Wire.Object { Hash = pachd.Objects.ObjectOfTag(tag) };
        var tree = traits.WritesOutputInParts ? parts.ReadResults(results) : trees.Read(results);
        return tree.All.Where(found => !found.Node.IsDirectory);
    }

    /// <summary>The list of a commit's datums: their tags, each after its length as eight bytes, little-endian.</summary>
    private static byte[] ListOf(IEnumerable<string> tags)
    {
        using var list = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var tag in tags.Select(Encoding.UTF8.GetBytes))
        {
            BinaryPrimitives.WriteInt64LittleEndian(length, tag.Length);
            list.Write(length);
            list.Write(tag);
        }

        return list.ToArray();
    }
}
