using System.Collections.Immutable;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Carries the output of pipelines as the stream has it, with specs and jobs: extracts of 1.9.6 and later contain everything. Only open output commits
/// are left out. A pipeline that starts on the target commits its spec again, which opens a new commit on its output branch.
/// </summary>
public sealed class CarriedOutputs : IRule
{
    private const string OutputCarried = "output-carried";
    private const string OutputHead = "output-head";

    /// <inheritdoc/>
    public Draft Apply(Draft draft)
    {
        var changes = ImmutableArray.CreateBuilder<AnnouncedChange>();
        var made = draft.Source.Pipelines.SelectMany(pipeline => MadeBranches(draft.Source, pipeline)).ToList();
        changes.AddRange(made.Select(branch => new AnnouncedChange(
            ChangeKind.Recomputed,
            Items.Branch(branch.Repo, branch.Branch),
            OutputHead,
            "a restored pipeline connects it to its inputs; when the pipeline starts, it makes a new commit as its head")));
        return draft
            .WithRepos(repo => draft.Source.FindPipeline(repo.Name) is { } pipeline ? Carry(repo, pipeline, changes) : repo)
            .WithProbesOfHeads()
            .Announce(changes) with
        {
            RenewedBranches = draft.RenewedBranches.Union(made),
        };
    }

    private static RepoInventory Carry(RepoInventory repo, PipelineInventory pipeline, ImmutableArray<AnnouncedChange>.Builder changes)
    {
        var history = new OutputHistory(repo, commit => commit.IsOpen);
        var carried = history.Shorten();
        changes.Add(new AnnouncedChange(
            ChangeKind.Kept, Items.Repo(repo.Name, OutputRepos.Extent(carried.Commits, pipeline.Info.OutputBranch)), OutputCarried, WhyKept(pipeline)));
        changes.AddRange(history.Announcements(pipeline));
        return carried;
    }

    private static string WhyKept(PipelineInventory pipeline) => pipeline.Stopped
        ? "its commits arrive unchanged"
        : "its commits arrive unchanged; its pipeline makes one new commit when it starts, and skips the datums that were already processed";

    private static IEnumerable<BranchName> MadeBranches(ClusterInventory source, PipelineInventory pipeline) =>
        source.FindRepo(pipeline.Name) is { } repo
            ? repo.Branches.Where(branch => OutputRepos.IsMadeByPipeline(branch, pipeline)).Select(branch => new BranchName(repo.Name, branch.Name))
            : [];
}
