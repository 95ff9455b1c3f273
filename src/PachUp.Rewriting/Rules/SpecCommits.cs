using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// The provenance of output contains the spec of its pipeline, and the target commits specs again under unknown ids. If output comes from the
/// current spec, the stream names the spec's commit by its branch, and the server finds it. The target does not have earlier specs, nor yet the
/// spec of a pipeline that is created last.
/// </summary>
internal sealed class SpecCommits(ClusterInventory source)
{
    private readonly Dictionary<string, string> _pipelines = source.Pipelines
        .Where(pipeline => !CronPipelines.ComesLast(pipeline))
        .SelectMany(pipeline => SpecsOf(source, pipeline).Select(id => (Id: id, pipeline.Name)))
        .DistinctBy(spec => spec.Id)
        .ToDictionary(spec => spec.Id, spec => spec.Name);

    /// <summary>Whether provenance names the spec that a pipeline has on the target.</summary>
    public static bool IsNamed(CommitProvenanceInventory origin) => origin.Repo == BranchName.SpecRepo && origin.Commit == origin.Branch;

    /// <summary>The repo, with current specs in the provenance of its commits named by branch.</summary>
    public RepoInventory NameIn(RepoInventory repo) =>
        repo with { Commits = [.. repo.Commits.Select(commit => commit with { Provenance = [.. commit.Provenance.Select(Name)] })] };

    private CommitProvenanceInventory Name(CommitProvenanceInventory origin) =>
        origin.Repo == BranchName.SpecRepo && _pipelines.TryGetValue(origin.Commit, out var pipeline)
            ? new CommitProvenanceInventory(BranchName.SpecRepo, pipeline, pipeline)
            : origin;

    /// <summary>
    /// The spec in the provenance of the output's head. The newest commit of the spec is no better choice: stopping and starting a pipeline commits
    /// its
    /// spec again without changing it.
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
