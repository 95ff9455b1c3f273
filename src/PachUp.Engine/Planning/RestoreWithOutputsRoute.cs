using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>
/// The route of a backup from 1.9.6 or later into a cluster of its line: output commits, specs and jobs are restored unchanged. Stopping a pipeline
/// for the backup creates a new spec and removes the provenance of its output branch. The target restores that provenance and creates a new head. From 1.10
/// on, a server finishes every commit that it restores, so open commits arrive finished and without files.
/// </summary>
/// <param name="line">The line.</param>
internal sealed class RestoreWithOutputsRoute(ReleaseLine line) : WithinLineRoute(line)
{
    private const string NewHead = "output-head";
    private const string OpenCommit = "open-commit";
    private const string Trigger = "branch-trigger";

    /// <inheritdoc/>
    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options)
    {
        var finishesAll = ReleaseTraits.Of(target).KeepsCommitTimes;
        var lostTriggers = BranchesWithLostTriggers(source);
        var arrived = WithoutTriggers(finishesAll ? WithAllFinished(source) : source, lostTriggers);
        var advanced = source.Pipelines.Where(pipeline => HasNewHead(source, pipeline)).ToDictionary(pipeline => pipeline.Name, StringComparer.Ordinal);
        return new ExpectedTarget
        {
            Inventory = arrived with
            {
                Repos = [.. arrived.Repos.Select(repo => advanced.TryGetValue(repo.Name, out var pipeline) ? WithoutOutputBranches(repo, pipeline) : repo)],
            },
            RecomputedRepos = [.. advanced.Keys],
            Changes =
            [
                .. source.Repos.Where(repo => advanced.ContainsKey(repo.Name)).Select(Announce),
                .. finishesAll ? source.Repos.SelectMany(AnnounceFinished) : [],
                .. lostTriggers.Order().Select(branch => AnnounceTrigger(source, branch)),
            ],
        };
    }

    private static ClusterInventory WithAllFinished(ClusterInventory source) => source with
    {
        Repos = [.. source.Repos.Select(repo => repo with { Commits = [.. repo.Commits.Select(commit => commit with { Finished = commit.Finished ?? commit.Started })] })],
    };

    private static IEnumerable<AnnouncedChange> AnnounceFinished(RepoInventory repo) => repo.Commits.Where(commit => commit.IsOpen).Select(commit => new AnnouncedChange(
        ChangeKind.Changed,
        Items.Commit(repo.Name, commit.Id, "state: open -> finished, without files"),
        OpenCommit,
        "the server finishes every commit that it restores, and no extract contains the files of an open commit"));

    /// <summary>The branches whose triggers are lost. A pipeline brings those of its inputs back.</summary>
    private static HashSet<BranchName> BranchesWithLostTriggers(ClusterInventory source)
    {
        var triggered = source.Repos.SelectMany(repo => repo.Branches.Where(branch => branch.Trigger is not null).Select(branch => new BranchName(repo.Name, branch.Name)));
        return [.. triggered.Except(source.Pipelines.SelectMany(pipeline => PipelineInputs.Branches(pipeline.Info)))];
    }

    private static ClusterInventory WithoutTriggers(ClusterInventory source, HashSet<BranchName> lost) => source with
    {
        Repos = [.. source.Repos.Select(repo => repo with
        {
            Branches = [.. repo.Branches.Select(branch => lost.Contains(new BranchName(repo.Name, branch.Name)) ? branch with { Trigger = null } : branch)],
        })],
    };

    private static AnnouncedChange AnnounceTrigger(ClusterInventory source, BranchName branch) => new(
        ChangeKind.Changed,
        Items.Branch(branch.Repo, branch.Branch, $"trigger: {source.FindRepo(branch.Repo)?.FindBranch(branch.Branch)?.Trigger} -> none"),
        Trigger,
        "no extract contains the triggers of branches; set it again with \"pachctl create branch\"");

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
