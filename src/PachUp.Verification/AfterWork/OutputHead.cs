using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Verification.AfterWork;

/// <summary>The newest finished commit of a branch that a pipeline writes to.</summary>
/// <param name="Pipeline">The pipeline, and so the repo.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Kind">What the pipeline writes there.</param>
/// <param name="Commit">The id of the commit.</param>
/// <param name="Inputs">The commits of input repos in its provenance, direct or not, as <c>repo@id</c>, sorted.</param>
/// <param name="HasFiles">Whether it was finished with a list of files. The commit of a failed job has none, but lists as empty.</param>
internal sealed record OutputHead(string Pipeline, string Branch, OutputKind Kind, string Commit, ImmutableArray<string> Inputs, bool HasFiles)
{
    /// <summary>The branch on which pachd keeps statistics.</summary>
    public const string StatsBranch = "stats";

    private const string DefaultBranch = "master";

    /// <summary>Why its files could not be listed when it was recorded; null if they could.</summary>
    public string? Problem { get; init; }

    /// <summary>The heads of all pipelines of a cluster, by pipeline and branch. A branch without a finished commit has none.</summary>
    public static ImmutableArray<OutputHead> Of(ClusterInventory cluster) =>
    [
        .. from pipeline in cluster.Pipelines
           let repo = cluster.FindRepo(pipeline.Name)
           where repo is not null
           from branch in repo.Branches
           let kind = KindOf(pipeline.Info, branch.Name)
           where kind is not null
           let commit = NewestFinished(repo, branch.Head)
           where commit is not null
           select new OutputHead(pipeline.Name, branch.Name, kind.Value, commit.Id, InputsOf(cluster, commit), HasTree(commit)),
    ];

    /// <summary>The commits of input repos in a commit's provenance. A migration keeps their ids, but not those of output commits.</summary>
    public static ImmutableArray<string> InputsOf(ClusterInventory cluster, CommitInventory commit) =>
    [
        .. commit.Provenance
            .Where(origin => origin.Repo != BranchName.SpecRepo && cluster.FindPipeline(origin.Repo) is null)
            .Select(origin => $"{origin.Repo}@{origin.Commit}")
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a commit of an output repo holds the statistics of another commit of that repo.</summary>
    public static bool IsStats(string repo, CommitInventory commit) => commit.Provenance.Any(origin => origin.Repo == repo);

    /// <summary>Whether a commit was finished with a list of files.</summary>
    public static bool HasTree(CommitInventory commit) => commit.Tree is not null || !commit.Trees.IsEmpty;

    /// <inheritdoc/>
    public override string ToString() => $"{Pipeline}@{Commit}";

    private static OutputKind? KindOf(PipelineInfo pipeline, string branch)
    {
        var output = pipeline.OutputBranch.Length > 0 ? pipeline.OutputBranch : DefaultBranch;
        return branch == output ? (pipeline.Spout is not null || pipeline.Service is not null ? OutputKind.Outside : OutputKind.Files)
            : pipeline.EnableStats && branch == StatsBranch ? OutputKind.Stats
            : null;
    }

    private static CommitInventory? NewestFinished(RepoInventory repo, string? head)
    {
        var commit = repo.FindCommit(head);
        while (commit is { IsOpen: true })
        {
            commit = repo.FindCommit(commit.Parent);
        }

        return commit;
    }
}

/// <summary>What a pipeline writes to a branch.</summary>
public enum OutputKind
{
    /// <summary>The files that the pipeline's code writes.</summary>
    Files,

    /// <summary>Statistics of datums, which differ each time: times, logs, job ids.</summary>
    Stats,

    /// <summary>Data that comes from outside the cluster (spouts) or goes there (services), so it cannot be computed again.</summary>
    Outside,
}
