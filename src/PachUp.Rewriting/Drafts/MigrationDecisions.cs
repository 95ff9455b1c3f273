using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Rewriting.Drafts;

/// <summary>The decisions about one migration. They depend only on the source's inventory, the target's release and the options.</summary>
internal sealed record MigrationDecisions
{
    /// <summary>The draft of what is sent.</summary>
    public required Draft Sent { get; init; }

    /// <summary>The draft of what the target's server makes of it.</summary>
    public required Draft Arrived { get; init; }

    /// <summary>The generation of the sent operations.</summary>
    public required OperationGeneration Generation { get; init; }

    /// <summary>The target.</summary>
    public ReleaseTraits Target => Sent.Target;

    /// <summary>What is sent, by its names on the target.</summary>
    public ClusterInventory Carried => Sent.Carried;

    /// <summary>See <see cref="ExpectedTarget.Changes"/>.</summary>
    public ImmutableArray<AnnouncedChange> Changes => Arrived.Changes;

    /// <summary>See <see cref="ExpectedTarget.Comparison"/>.</summary>
    public ComparisonOptions Comparison => Arrived.Comparison;

    /// <summary>See <see cref="ExpectedTarget.RecomputedRepos"/>.</summary>
    public ImmutableHashSet<string> RecomputedRepos => Arrived.OutputRepos.Union(RenewedBranches.Select(branch => branch.Repo));

    /// <summary>See <see cref="ExpectedTarget.ContinuedBranches"/>.</summary>
    public ImmutableHashSet<BranchName> ContinuedBranches => [.. Arrived.Carried.Pipelines.Where(CronPipelines.ComesLast).SelectMany(CronPipelines.TickedBranches)];

    /// <summary>See <see cref="ExpectedTarget.Inventory"/>.</summary>
    public ClusterInventory Expected
    {
        get
        {
            var renewed = RenewedBranches;
            return Arrived.Carried with
            {
                Repos = [.. Arrived.Carried.Repos.Select(repo => ExpectedOf(repo, renewed))],
                Probes = [.. Arrived.Carried.Probes.Where(probe => IsExpected(probe, renewed))],
            };
        }
    }

    /// <summary>Branches on which the target opens a new commit, by their names on the target.</summary>
    private ImmutableHashSet<BranchName> RenewedBranches =>
        [.. Arrived.RenewedBranches.Select(branch => branch with { Branch = BranchNames.For(Target, branch.Branch) })];

    private bool IsExpected(FileProbe probe, ImmutableHashSet<BranchName> renewed) =>
        !Arrived.OutputRepos.Contains(probe.Repo) && !renewed.Contains(new BranchName(probe.Repo, probe.Branch));

    private RepoInventory ExpectedOf(RepoInventory repo, ImmutableHashSet<BranchName> renewed) => Arrived.OutputRepos.Contains(repo.Name)
        ? repo with { Branches = [], Commits = [] }
        : repo with { Branches = [.. repo.Branches.Where(branch => !renewed.Contains(new BranchName(repo.Name, branch.Name)))] };
}
