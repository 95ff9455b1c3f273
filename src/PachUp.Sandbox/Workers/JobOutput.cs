using System.Buffers.Binary;
using System.Text;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Pfs;
using PachUp.Sandbox.Pps;
using PachUp.Sandbox.Trees;

namespace PachUp.Sandbox.Workers;

/// <summary>
/// Makes the output of datums by copying their files from <c>/pfs/*/</c> to <c>/pfs/out/</c>, keeps the results by tag, and puts results
/// together to the files of a commit.
/// </summary>
internal sealed class JobOutput(Pachd pachd, PpsTraits traits, CommitTrees trees, OutputParts parts)
{
    /// <summary>Whether the results of a datum are there already.</summary>
    public bool HasResults(string tag) => pachd.Objects.FindTag(tag) is not null;

    /// <summary>Does what the pipeline's code would, and keeps the results under a tag.</summary>
    public void Process(JobDatum datum, string tag)
    {
        var results = new HashTree();
        foreach (var (path, input) in datum.Inputs.SelectMany(input => input.FilePaths.Select(path => (path, input))))
        {
            // A copy replaces what an earlier input left at the same path.
            var (objects, size) = input.Files.ContentOf(path);
            results.PutFile(path, objects, size - (results.Find(path)?.Size ?? 0), keep: 0);
        }

        pachd.Objects.PutTag(tag, trees.Write(results).Hash);
    }

    /// <summary>The request that finishes a commit with the results of all datums of its job; files of one path are put one behind the other.</summary>
    /// <exception cref="PachdError">A file of one datum is a directory of another.</exception>
    public FinishCommitRequest FinishRequest(Commit output, IReadOnlyList<string> tags, HashtreeSpec? spec)
    {
        var all = new HashTree();
        foreach (var (path, node) in tags.SelectMany(ResultsOf))
        {
            all.PutFile(path, node.Objects!, node.Size);
        }

        all.Hash();
        var request = FinishRequest(output, all, PartsOf(spec));
        request.Datums = traits.WritesOutputInParts ? pachd.Objects.Put(ListOf(tags)) : null;
        return request;
    }

    /// <summary>The request that finishes the commit of a job's statistics, which say of each datum what became of it.</summary>
    public FinishCommitRequest FinishStatsRequest(Commit stats, Job job, IReadOnlyList<DatumResult> results)
    {
        var all = new HashTree();
        foreach (var (tag, isSkipped, stat) in results)
        {
            Put(all, $"/{tag}/job:{job.Id}", "");
            Put(all, $"/{tag}/{(isSkipped ? "skipped" : "stats")}", isSkipped ? "" : stat.ToString());
        }

        all.Hash();
        return FinishRequest(stats, all, count: 1);
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

    private static int PartsOf(HashtreeSpec? spec) => spec is { Constant: > 0 and <= int.MaxValue } ? (int)spec.Constant : 1;

    private IEnumerable<(string Path, TreeNode Node)> ResultsOf(string tag) =>
        trees.Read(new Wire.Object { Hash = pachd.Objects.ObjectOfTag(tag) }).All.Where(found => !found.Node.IsDirectory);

    private void Put(HashTree files, string path, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        files.PutFile(path, [pachd.Objects.Put(content).Hash], content.Length);
    }

    /// <summary>The datums of a commit: their tags, each behind its length as eight bytes, little-endian.</summary>
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
