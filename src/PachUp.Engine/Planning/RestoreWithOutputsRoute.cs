using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>
/// The route of a backup from 1.9.6 or later into a cluster of its line: output commits, specs and jobs are restored unchanged. Stopping a pipeline
/// for the backup creates a new spec and removes the provenance of its output branch. The target restores that provenance and creates a new head.
/// </summary>
/// <param name="line">The line.</param>
internal sealed class RestoreWithOutputsRoute(ReleaseLine line) : WithinLineRoute(line)
{
    private const string NewHead = "output-head";

    /// <inheritdoc/>
    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options)
    {
        var advanced = source.Pipelines.Where(pipeline => HasNewHead(source, pipeline)).ToDictionary(pipeline => pipeline.Name, StringComparer.Ordinal);
        return new ExpectedTarget
        {
            Inventory = source with
            {
                Repos = [.. source.Repos.Select(repo => advanced.TryGetValue(repo.Name, out var pipeline) ? WithoutOutputBranches(repo, pipeline) : repo)],
            },
            RecomputedRepos = [.. advanced.Keys],
            Changes = [.. source.Repos.Where(repo => advanced.ContainsKey(repo.Name)).Select(Announce)],
        };
    }

    private static bool HasNewHead(ClusterInventory source, PipelineInventory pipeline) =>
        source.FindRepo(pipeline.Name)?.Branches.Any(branch => branch.Name == pipeline.Info.OutputBranch && branch.DirectProvenance.IsEmpty) ?? false;

    private static RepoInventory WithoutOutputBranches(RepoInventory repo, PipelineInventory pipeline) => repo with
    {
        Branches = [.. repo.Branches.Where(branch => !OutputRepos.IsMadeByPipeline(branch, pipeline))],
    };

    private static AnnouncedChange Announce(RepoInventory repo) => new(
        ChangeKind.Recomputed,
        Items.Repo(repo.Name, Words.Count(repo.Commits.Length, "commit")),
        NewHead,
        "its commits are restored unchanged; its pipeline was stopped for the backup and creates a new commit when it starts");
}
