using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>Deletes the objects and tags that no commit and no pipeline uses.</summary>
internal sealed class GarbageCollector(Pachd pachd, PipelineStore pipelines, CommitTrees trees, OutputParts parts)
{
    /// <exception cref="PachdError">A pipeline is running, or the tree of a commit cannot be read.</exception>
    public void Collect()
    {
        var all = pipelines.List();
        CheckAllStopped(all);
        var (tags, objects) = pachd.Metadata.InTransaction(() => Needed(all));
        foreach (var hash in pachd.Objects.ListObjects().Where(hash => !objects.Contains(hash)))
        {
            pachd.Objects.DeleteObject(hash);
        }

        foreach (var (tag, _) in pachd.Objects.ListTags("").Where(entry => !tags.Contains(entry.Tag)).ToList())
        {
            pachd.Objects.DeleteTag(tag);
        }

        pachd.Objects.EndGeneration();
    }

    private static void CheckAllStopped(IEnumerable<PipelineInfo> all)
    {
        var running = all.FirstOrDefault(pipeline => pipeline.State is not (PipelineState.PipelinePaused or PipelineState.PipelineFailure));
        if (running is not null)
            throw new PachdError($"all pipelines must be stopped to run garbage collection, pipeline: {running.Pipeline.Name} is not");
    }

    private (HashSet<string> Tags, HashSet<string> Objects) Needed(IReadOnlyList<PipelineInfo> all)
    {
        var tags = all.SelectMany(pipeline => pachd.Objects.ListTags(JobDatum.TagPrefixOf(pipeline.Salt))).ToList();
        var commits = pachd.Metadata.Repos.Keys().SelectMany(repo => pachd.Metadata.Commits(repo).List());
        var objects = tags.Select(entry => entry.Hash).Concat(commits.SelectMany(commit => ObjectsOf(commit.Value)));
        return ([.. tags.Select(entry => entry.Tag)], [.. objects]);
    }

    private IEnumerable<string> ObjectsOf(CommitInfo commit) =>
        commit.Trees.Append(commit.Datums).Append(commit.Tree).OfType<Wire.Object>().Select(part => part.Hash)
            .Concat(FilesOf(commit).All.SelectMany(file => file.Node.Objects ?? []));

    private HashTree FilesOf(CommitInfo commit) => commit switch
    {
        { Tree: { } tree } => trees.Read(tree),
        { Trees.Count: > 0 } when commit.IsComputed() => parts.Read(commit.Trees),
        _ => new HashTree(),
    };
}
