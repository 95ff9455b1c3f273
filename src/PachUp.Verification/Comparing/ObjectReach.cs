using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Files;

namespace PachUp.Verification.Comparing;

/// <summary>
/// Whether a cluster finds the objects of commits in its bucket. 1.9.12 takes metadata whose objects it cannot find with code 0, and then
/// not one file can be read, so it is asked. Where objects cannot be asked for, the files of the commits are listed: a server reads the tree for that.
/// </summary>
internal static class ObjectReach
{
    private const int MostAsked = 20_000;
    private const int MostListed = 2_000;
    private const int CallsAtOnce = 8;

    /// <summary>
    /// Commits whose trees a cluster does not find that has the objects but not yet the commits; empty where it finds all. Of very many trees, some
    /// spread over all repos are asked for.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindMissingAsync(PachdClient cluster, ClusterInventory inventory, CancellationToken cancellationToken) =>
        await FindAsync(
            Sample(inventory.Repos.SelectMany(TreesIn).DistinctBy(asked => asked.Tree), MostAsked),
            async (asked, stop) => !await cluster.HasObjectAsync(asked.Tree, stop),
            asked => asked.Commit.ToString(),
            cancellationToken);

    /// <summary>
    /// Commits whose files a cluster that has them cannot list; empty where it lists all. Of very many commits, some spread over all repos are listed.
    /// </summary>
    public static async Task<IReadOnlyList<ComparedCommit>> FindUnlistedAsync(
        PachdClient cluster, ClusterInventory inventory, CancellationToken cancellationToken) =>
        await FindAsync(
            Sample(inventory.Repos.SelectMany(TreesIn).Select(asked => asked.Commit).Distinct(), MostListed),
            async (commit, stop) => !await FileWalk.CanListAsync(cluster, commit.Repo, commit.Id, stop),
            commit => commit,
            cancellationToken);

    /// <summary>Commits of a cluster whose trees it does not find itself: by asking for the trees where it can be asked, else by listing files.</summary>
    public static async Task<IReadOnlyList<string>> FindUnreadableAsync(
        PachdClient cluster, ClusterInventory inventory, CancellationToken cancellationToken) =>
        (await cluster.FindObjectAccessAsync(cancellationToken)).IsThere
            ? await FindMissingAsync(cluster, inventory, cancellationToken)
            : [.. (await FindUnlistedAsync(cluster, inventory, cancellationToken)).Select(commit => commit.ToString())];

    /// <summary>
    /// Throws where the objects do not travel in the stream and the target does not find them either. Where it cannot be asked yet, the first commit that
    /// arrives shows it; see <see cref="ThrowIfUnlistedAsync"/>.
    /// </summary>
    public static async Task ThrowIfMissingAsync(
        PachdClient target, ClusterInventory source, IStepContext context, CancellationToken cancellationToken)
    {
        if (context.CarriesObjects || !(await target.FindObjectAccessAsync(cancellationToken)).IsThere)
        {
            return;
        }

        var missing = await FindMissingAsync(target, source, cancellationToken);
        if (missing.Count > 0)
        {
            throw StepFailedException.Refused($"the target at {target.Address} does not find the objects of {Words.FirstOf(missing)}", Remedy);
        }
    }

    /// <summary>Throws where the target cannot list the files of a commit that has arrived.</summary>
    public static async Task ThrowIfUnlistedAsync(PachdClient target, ComparedCommit arrived, CancellationToken cancellationToken)
    {
        if (!await FileWalk.CanListAsync(target, arrived.Repo, arrived.Id, cancellationToken))
        {
            throw StepFailedException.Refused(
                $"the target at {target.Address} has got commit {arrived} and cannot list its files: it does not find the objects",
                $"{Remedy} Then deploy the target again on fresh metadata storage, and resume the run.");
        }
    }

    /// <summary>What to do where objects are missing.</summary>
    public const string Remedy =
        "Give the target the bucket of the source (or a copy, same keys). On the local storage backend, releases before 1.9.10 keep objects "
        + "and blocks in ROOT/pach, later ones in ROOT itself: move them there. Or send the objects along: --set objects=true.";

    private static async Task<IReadOnlyList<TResult>> FindAsync<T, TResult>(
        List<T> asked, Func<T, CancellationToken, Task<bool>> isMissing, Func<T, TResult> name, CancellationToken cancellationToken)
    {
        var missing = new bool[asked.Count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, asked.Count, limit, async (index, stop) => missing[index] = await isMissing(asked[index], stop));
        return [.. asked.Where((_, index) => missing[index]).Select(name).Distinct()];
    }

    private static IEnumerable<(ComparedCommit Commit, string Tree)> TreesIn(RepoInventory repo) =>
        repo.Commits.SelectMany(commit => TreesOf(commit).Select(tree => (new ComparedCommit(repo.Name, commit.Id), tree)));

    private static List<T> Sample<T>(IEnumerable<T> all, int most)
    {
        var list = all.ToList();
        var step = ((list.Count - 1) / most) + 1;
        return [.. list.Where((_, index) => index % step == 0)];
    }

    private static ImmutableArray<string> TreesOf(CommitInventory commit) => commit.Tree is { } tree ? [tree] : commit.Trees;
}
