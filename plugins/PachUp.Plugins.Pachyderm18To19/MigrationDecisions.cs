using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Plugins.Pachyderm18To19.Rules;
using PachUp.Sdk;

namespace PachUp.Plugins.Pachyderm18To19;

/// <summary>
/// What is decided about one migration: rule after rule, from nothing but the source's inventory and the target's release. Rules see names as
/// they are on the source; renaming comes after all rules that look something up by name.
/// </summary>
internal sealed record MigrationDecisions
{
    private static readonly ImmutableArray<IRule> Rules =
    [
        new OutputRepos(),
        new UnaddressableCommits(),
        new OpenCommits(),
        new TreelessCommits(),
        new CommitProvenance(),
        new SpoutBranches(),
        new DerivedHeads(),
        new AtomInputs(),
        new ServiceTypes(),
        new RetiredFields(),
        new AllowedNames(),
        new CommitDescriptions(),
        new TimesOfRestore(),
        new Jobs(),
    ];

    /// <summary>The target.</summary>
    public required ReleaseTraits Target { get; init; }

    /// <summary>What is sent, by its names in the target.</summary>
    public required ClusterInventory Carried { get; init; }

    /// <summary>The output repos: what is in them is computed by the target.</summary>
    public required ImmutableHashSet<string> OutputRepos { get; init; }

    /// <summary>Branches of other repos on which the target opens a new commit, by their names in the target.</summary>
    public required ImmutableHashSet<BranchName> RenewedBranches { get; init; }

    /// <summary>See <see cref="Foresight.Changes"/>.</summary>
    public required ImmutableArray<AnnouncedChange> Changes { get; init; }

    /// <summary>See <see cref="Foresight.RecomputedRepos"/>.</summary>
    public ImmutableHashSet<string> RecomputedRepos => OutputRepos.Union(RenewedBranches.Select(branch => branch.Repo));

    /// <summary>See <see cref="Foresight.Expected"/>.</summary>
    public ClusterInventory Expected => Carried with
    {
        Repos = [.. Carried.Repos.Select(ExpectedOf)],
        Probes = [.. Carried.Probes.Where(probe => !OutputRepos.Contains(probe.Repo) && !RenewedBranches.Contains(new BranchName(probe.Repo, probe.Branch)))],
    };

    /// <summary>Applies all rules.</summary>
    public static MigrationDecisions Make(ClusterInventory source, Release target)
    {
        var draft = Rules.Aggregate(Draft.Of(source, target), (draft, rule) => rule.Apply(draft));
        return new MigrationDecisions
        {
            Target = draft.Target,
            Carried = draft.Carried,
            OutputRepos = draft.OutputRepos,
            RenewedBranches = [.. draft.RenewedBranches.Select(branch => branch with { Branch = BranchNames.Allowed(branch.Branch) })],
            Changes = draft.Changes,
        };
    }

    private RepoInventory ExpectedOf(RepoInventory repo) => OutputRepos.Contains(repo.Name)
        ? repo with { Branches = [], Commits = [] }
        : repo with { Branches = [.. repo.Branches.Where(branch => !RenewedBranches.Contains(new BranchName(repo.Name, branch.Name)))] };
}
