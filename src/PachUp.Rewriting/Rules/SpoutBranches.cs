using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// In 1.8 and 1.9.0 the output branch of a running spout has its spec as provenance, in 1.9.6 and later none. The pipeline itself makes the branch,
/// so nothing is sent; the rule only changes what is expected.
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
