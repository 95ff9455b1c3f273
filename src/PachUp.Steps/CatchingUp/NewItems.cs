using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;
using PachUp.Steps.Restoring;
using PachUp.Verification.LateWrites;

namespace PachUp.Steps.CatchingUp;

/// <summary>What a pass sends: everything that the target has to contain now, did not have to contain before, and does not contain yet.</summary>
internal sealed class NewItems
{
    private readonly HashSet<string> _repos;
    private readonly HashSet<string> _pipelines;
    private readonly HashSet<(string Repo, string Id)> _commits;
    private readonly HashSet<BranchName> _branches;

    /// <summary>Finds out what is new. The same input always gives the same items.</summary>
    /// <param name="input">What the pass decides by.</param>
    /// <param name="before">What the target had to contain before.</param>
    /// <param name="now">What it has to contain now.</param>
    public NewItems(PassInput input, ClusterInventory before, ClusterInventory now)
    {
        _repos = [.. now.Repos.Select(repo => repo.Name).Where(name => before.FindRepo(name) is null && input.Target.FindRepo(name) is null)];
        _pipelines = [.. now.Pipelines.Select(pipeline => pipeline.Name).Where(name => before.FindPipeline(name) is null && input.Target.FindPipeline(name) is null)];
        _commits =
        [
            .. from repo in now.Repos
               let old = before.FindRepo(repo.Name)
               let there = input.Target.FindRepo(repo.Name)
               from commit in repo.Commits
               where old?.FindCommit(commit.Id) is null && there?.FindCommit(commit.Id) is null
               select (repo.Name, commit.Id),
        ];
        _branches = [.. BranchesOf(input, before, now)];
    }

    /// <summary>The new pipelines.</summary>
    public IReadOnlyCollection<string> Pipelines => _pipelines;

    /// <summary>Whether an operation of the stream makes something new. Objects and tags that were sent before are not in the stream.</summary>
    public bool Has(Operation operation) => operation.Kind switch
    {
        OperationKind.Repo => _repos.Contains(operation.AsRepo().Repo.Name),
        OperationKind.Pipeline => _pipelines.Contains(operation.AsPipeline().Pipeline.Name),
        OperationKind.Commit => operation.AsCommit() is var commit && _commits.Contains((commit.Parent?.Repo?.Name ?? "", commit.ID)),
        OperationKind.Branch => _branches.Contains(BranchState.Of(operation.AsBranch()).Name),
        OperationKind.Job => false,
        _ => true,
    };

    /// <summary>
    /// The branches to create or to move, by their names on the target. The target itself moves the branches that it computes, and does that again when it
    /// gets the same operation twice.
    /// </summary>
    private static IEnumerable<BranchName> BranchesOf(PassInput input, ClusterInventory before, ClusterInventory now)
    {
        var roles = new SourceRoles(input.Before, input.Source);
        var traits = ReleaseTraits.Of(input.Target.Release);
        return
            from repo in input.Source.Repos
            from branch in repo.Branches
            let name = new BranchName(repo.Name, branch.Name)
            where !roles.IsWrittenByPipeline(name) && !roles.IsDerived(name)
            let there = name with { Branch = BranchNames.For(traits, branch.Name) }
            let wanted = now.FindRepo(there.Repo)?.FindBranch(there.Branch)
            let isNew = input.Before.FindRepo(repo.Name)?.FindBranch(branch.Name) is null
            let isMoved = wanted is not null && wanted.Head != before.FindRepo(there.Repo)?.FindBranch(there.Branch)?.Head
            where (isNew || isMoved) && (wanted?.Head is null || wanted.Head != input.Target.FindRepo(there.Repo)?.FindBranch(there.Branch)?.Head)
            select there;
    }
}
