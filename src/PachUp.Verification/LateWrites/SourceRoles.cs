using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Schedules;

namespace PachUp.Verification.LateWrites;

/// <summary>Tells who writes to the repos and branches of a source: users, the pipelines, or the clock.</summary>
/// <param name="before">The source at the extract.</param>
/// <param name="now">The source now.</param>
internal sealed class SourceRoles(ClusterInventory before, ClusterInventory now)
{
    private const string DefaultOutputBranch = "master";
    private const string StatsBranch = "stats";

    private readonly HashSet<string> _tickRepos = before.Pipelines.Concat(now.Pipelines)
        .SelectMany(pipeline => PipelineInputs.Crons(pipeline.Info).Select(cron => PipelineInputs.RepoOf(pipeline.Info, cron)))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a pipeline computes a repo. The output of a spout comes from outside, so nothing can compute it again.</summary>
    public bool IsOutput(string repo) => PipelineOf(repo) is { Info.Spout: null };

    /// <summary>Whether a pipeline writes to a branch of its own repo.</summary>
    public bool IsWrittenByPipeline(BranchName branch) => IsOutput(branch.Repo) && PipelineOf(branch.Repo) is { } pipeline
        && (branch.Branch == (pipeline.Info.OutputBranch is { Length: > 0 } output ? output : DefaultOutputBranch)
            || (branch.Branch == StatsBranch && pipeline.Info.EnableStats));

    /// <summary>Whether the ticks of a cron input that existed at the extract go into a repo. The repo of a new pipeline is new as a whole.</summary>
    public bool IsForTicks(string repo) => _tickRepos.Contains(repo) && before.FindRepo(repo) is not null && now.FindRepo(repo) is not null;

    /// <summary>Whether it is the branch to which the ticks go.</summary>
    public bool IsForTicks(BranchName branch) => branch.Branch == CronTick.Branch && IsForTicks(branch.Repo);

    /// <summary>Whether a branch is computed from other branches, then and now from the same ones. pachd itself moves its head.</summary>
    public bool IsDerived(BranchName branch) =>
        Find(before, branch) is { } old && Find(now, branch) is { } current
        && current.DirectProvenance.Any(origin => !origin.IsSpec) && current.DirectProvenance.SequenceEqual(old.DirectProvenance);

    /// <summary>Whether pachd opened a commit because of a commit in another repo.</summary>
    public static bool IsDerived(CommitInventory commit) => commit.Provenance.Any(origin => origin.Repo != BranchName.SpecRepo);

    private PipelineInventory? PipelineOf(string repo) => now.FindPipeline(repo) ?? before.FindPipeline(repo);

    private static BranchInventory? Find(ClusterInventory cluster, BranchName branch) => cluster.FindRepo(branch.Repo)?.FindBranch(branch.Branch);
}
