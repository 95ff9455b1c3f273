using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Gives the branches of kept output the provenance of their pipelines' specs: on the source, pipelines are stopped for the extract, so these
/// branches have no provenance. (The output branch of a spout has none in releases that accept output.)
/// </summary>
public sealed class KeptOutputBranches : IRule
{
    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        if (draft.KeptOutputs.IsEmpty)
        {
            return draft;
        }

        var direct = draft.WithRepos(repo => draft.KeptOutputs.Contains(repo.Name) ? WithProvenance(repo, draft.Source.FindPipeline(repo.Name)!) : repo);
        var closure = BranchClosure.Of(direct.Carried);
        return direct.WithRepos(repo => repo with
        {
            Branches = [.. repo.Branches.Select(branch => branch with { Provenance = closure.Of(new BranchName(repo.Name, branch.Name)) })],
        });
    }

    private static RepoInventory WithProvenance(RepoInventory repo, PipelineInventory pipeline) =>
        repo with { Branches = [.. repo.Branches.Select(branch => branch with { DirectProvenance = ProvenanceOf(branch, pipeline) })] };

    private static ImmutableArray<BranchName> ProvenanceOf(BranchInventory branch, PipelineInventory pipeline) => branch switch
    {
        _ when branch.Name == pipeline.Info.OutputBranch => pipeline.Stopped || pipeline.Info.Spout is not null ? [] : OutputProvenance(pipeline),
        _ when OutputRepos.IsStatsBranch(branch, pipeline) => [new BranchName(pipeline.Name, pipeline.Info.OutputBranch)],
        _ => branch.DirectProvenance,
    };

    private static ImmutableArray<BranchName> OutputProvenance(PipelineInventory pipeline) =>
        [.. PipelineInputs.Branches(pipeline.Info).Append(new BranchName(BranchName.SpecRepo, pipeline.Name)).Distinct().Order()];
}
