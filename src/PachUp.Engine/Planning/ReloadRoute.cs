using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>
/// A route between two lines without history: repos and pipelines are converted as by the inner route, and the files of branch heads are loaded
/// into new commits.
/// </summary>
/// <param name="route">The route with history.</param>
internal sealed class ReloadRoute(MigrationRoute route) : MigrationRoute
{
    private const string History = "history";

    /// <summary>A reload brings files and no results of workers, like a migration that sends objects.</summary>
    private static readonly MigrationOptions LikeObjects = new() { CarriesObjects = true };

    public override ReleaseLine From => route.From;

    public override ReleaseLine To => route.To;

    public override Release AtLeast => route.AtLeast;

    public override ImmutableArray<ICheck> Checks => route.Checks;

    public override OperationGeneration GenerationFor(Release target) => route.GenerationFor(target);

    public override ExpectedTarget PredictTarget(ClusterInventory source, Release target, MigrationOptions options)
    {
        // Headers and footers are part of the files that are read, so they arrive in the files.
        var whole = route.PredictTarget(source with { Headers = null }, target, LikeObjects);
        return whole with
        {
            Inventory = whole.Inventory with { Repos = [.. whole.Inventory.Repos.Select(repo => repo with { Branches = [], Commits = [] })] },
            RecomputedRepos = [.. whole.Inventory.Repos.Select(repo => repo.Name)],
            LoadedBranches = [.. BranchesOf(source, whole)],
            Changes = [.. whole.Changes.Where(IsOfPipelines), .. source.Repos.Where(repo => !repo.Commits.IsEmpty).Select(HistoryOf)],
        };
    }

    public override IOperationRewriter CreateRewriter(ClusterInventory source, Release target, MigrationOptions options) =>
        route.CreateRewriter(source, target, LikeObjects);

    /// <summary>The branches whose files can be loaded: those that are not the output of a pipeline and have a finished commit.</summary>
    private static IEnumerable<LoadedBranch> BranchesOf(ClusterInventory source, ExpectedTarget whole) => whole.Inventory.Repos
        .Where(repo => source.FindPipeline(repo.Name) is null)
        .SelectMany(repo => repo.Branches
            .Where(branch => branch is { Head: not null, DirectProvenance.IsEmpty: true })
            .Select(branch => new LoadedBranch(repo.Name, branch.Name, branch.Head!)));

    private static bool IsOfPipelines(AnnouncedChange change) =>
        change.Item.Kind == ItemKind.Pipeline || (change.Item.Kind == ItemKind.Repo && change.Kind == ChangeKind.Recomputed);

    private static AnnouncedChange HistoryOf(RepoInventory repo) => new(
        ChangeKind.LeftOut,
        new InventoryItem(ItemKind.Repo, repo.Name, $"{Words.Count(repo.Commits.Length, "commit")}, with their ids, provenance, times and descriptions"),
        History,
        "a reload puts the files of each branch head into one new commit; history and provenance are lost");
}
