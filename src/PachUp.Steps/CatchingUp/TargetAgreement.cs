using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Sdk;

namespace PachUp.Steps.CatchingUp;

/// <summary>Tells whether a target is as this run left it, or already as the source is now.</summary>
/// <param name="target">The target.</param>
/// <param name="before">What it had to contain before.</param>
/// <param name="now">What it has to contain now.</param>
internal sealed class TargetAgreement(ClusterInventory target, ExpectedTarget before, ExpectedTarget now)
{
    private readonly ReleaseTraits _traits = ReleaseTraits.Of(target.Release);

    public bool Lacks(string repo) => target.FindRepo(repo) is null;

    public bool Lacks(BranchName branch) => There(target, branch) is null;

    public bool LacksPipeline(string pipeline) => target.FindPipeline(pipeline) is null;

    public bool LacksCommit(string repo, string id) => !HasCommit(repo, id);

    public bool HasCommit(string repo, string id) => target.FindRepo(repo)?.FindCommit(id) is not null;

    /// <summary>Whether a commit has to be on the target when the pass is done.</summary>
    public bool MustHave(string repo, string id) => now.Inventory.FindRepo(repo)?.FindCommit(id) is not null;

    /// <summary>Whether the target lacks a repo, or has an empty one.</summary>
    public bool MayCreateRepo(string repo) => target.FindRepo(repo) is not { } there || (there.Commits.IsEmpty && there.Branches.IsEmpty) || HasAllCommitsOf(there);

    public bool HasSameRepo(string repo) => target.FindRepo(repo)?.Description == now.Inventory.FindRepo(repo)?.Description;

    /// <summary>Whether a pipeline of the target has the wanted spec.</summary>
    public bool HasSamePipeline(string pipeline)
    {
        var difference = InventoryDifference.Between(Alone(now.Inventory, pipeline), Alone(target, pipeline), now.Comparison);
        return difference.IsEmpty;
    }

    public bool HasSameProvenance(BranchName branch) =>
        There(target, branch) is { } there && Wanted(now, branch) is { } wanted && there.DirectProvenance.SequenceEqual(wanted.DirectProvenance);

    public bool HasSameHead(BranchName branch) => There(target, branch)?.Head == Wanted(now, branch)?.Head;

    /// <summary>Why a branch of the target cannot be moved, because other clients wrote to it; null if it can.</summary>
    public string? DivergenceOf(BranchName branch)
    {
        var (there, carried) = (There(target, branch)?.Head, Wanted(before, branch)?.Head);
        return there == carried || HasSameHead(branch)
            ? null
            : $"somebody wrote to this branch of the target: its head there is {Name(there)}, and the last carried commit is {Name(carried)}. "
              + "Move it back on the target if that was not meant; otherwise put the new commits into the target by hand.";
    }

    /// <summary>A repo that an earlier attempt created contains nothing else than what has to arrive.</summary>
    private bool HasAllCommitsOf(RepoInventory there) =>
        now.Inventory.FindRepo(there.Name) is { } wanted && there.Commits.All(commit => wanted.FindCommit(commit.Id) is not null);

    private static string Name(string? commit) => commit ?? "none";

    private static ClusterInventory Alone(ClusterInventory cluster, string pipeline) => cluster with
    {
        Repos = [],
        Probes = [],
        Objects = null,
        Tags = null,
        Pipelines = [.. cluster.Pipelines.Where(candidate => candidate.Name == pipeline)],
    };

    /// <summary>A branch of the target by its name on the source.</summary>
    private BranchInventory? There(ClusterInventory cluster, BranchName branch) => cluster.FindRepo(branch.Repo)?.FindBranch(BranchNames.For(_traits, branch.Branch));

    private BranchInventory? Wanted(ExpectedTarget expected, BranchName branch) => There(expected.Inventory, branch);
}
