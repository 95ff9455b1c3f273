using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// The output branch of a running spout has its spec as provenance in 1.9.0, as in 1.8, and nothing in 1.9.6 and later. The pipeline itself
/// makes the branch, so nothing is sent; it is only expected.
/// </summary>
public sealed class SpoutBranches : IRule
{
    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Target.BuildsCommitsWhole
        ? draft
        : draft.WithRepos(repo => RunningSpout(draft.Source, repo.Name) is { } spout ? WithSpec(repo, spout.OutputBranch) : repo);

    private static PipelineInfo? RunningSpout(ClusterInventory source, string name) =>
        source.FindPipeline(name) is { Stopped: false, Info: { Spout: not null } spout } ? spout : null;

    private static RepoInventory WithSpec(RepoInventory repo, string output)
    {
        var spec = new BranchName(BranchName.SpecRepo, repo.Name);
        return repo with { Branches = [.. repo.Branches.Select(branch => branch.Name == output ? branch with { DirectProvenance = [spec] } : branch)] };
    }
}
