using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Output is computed from the spec of its pipeline too, and the target commits specs anew, under ids that nobody knows beforehand. Where output
/// comes from the spec that its pipeline has now, the stream names that commit by its branch, and the server finds it. Earlier specs are not in
/// the target, and that of a pipeline that is created last is not there yet.
/// </summary>
internal sealed class SpecCommits(ClusterInventory source)
{
    private readonly Dictionary<string, string> _pipelines = source.Pipelines
        .Where(pipeline => !CronPipelines.ComesLast(pipeline))
        .SelectMany(pipeline => SpecsOf(source, pipeline).Select(id => (Id: id, pipeline.Name)))
        .DistinctBy(spec => spec.Id)
        .ToDictionary(spec => spec.Id, spec => spec.Name);

    /// <summary>Whether provenance names the spec that a pipeline has in the target.</summary>
    public static bool IsNamed(CommitProvenanceInventory origin) => origin.Repo == BranchName.SpecRepo && origin.Commit == origin.Branch;

    /// <summary>The repo with current specs in the provenance of its commits named by their branches.</summary>
    public RepoInventory NameIn(RepoInventory repo) =>
        repo with { Commits = [.. repo.Commits.Select(commit => commit with { Provenance = [.. commit.Provenance.Select(Name)] })] };

    private CommitProvenanceInventory Name(CommitProvenanceInventory origin) =>
        origin.Repo == BranchName.SpecRepo && _pipelines.TryGetValue(origin.Commit, out var pipeline)
            ? new CommitProvenanceInventory(BranchName.SpecRepo, pipeline, pipeline)
            : origin;

    /// <summary>
    /// The spec that the head of the output comes from. Stopping and starting a pipeline commits its spec again without changing it, so the newest
    /// commit of the spec is no better sign.
    /// </summary>
    private static IEnumerable<string> SpecsOf(ClusterInventory source, PipelineInventory pipeline)
    {
        var output = source.FindRepo(pipeline.Name);
        var head = output?.FindBranch(pipeline.Info.OutputBranch)?.Head;
        return output?.FindCommit(head)?.Provenance
            .Where(origin => origin.Repo == BranchName.SpecRepo && origin.Branch == pipeline.Name)
            .Select(origin => origin.Commit) ?? [];
    }
}
