using System.Collections.Immutable;
using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;
using PachUp.Verification.Files;

namespace PachUp.Verification.Comparing;

/// <summary>
/// Checks whether a cluster finds the objects of commits in its bucket. 1.9.12 accepts metadata with code 0 even if it cannot find the objects, and
/// then no file can be read. Without access to objects, PachUp lists the files of the commits, because the server reads the tree for that.
/// </summary>
internal static class ObjectReach
{
    private const int MostAsked = 20_000;
    private const int MostListed = 2_000;
    private const int CallsAtOnce = 8;

    /// <summary>
    /// For a cluster that has the objects but not yet the commits: the commits whose trees it does not find; empty if it finds all. If there are very
    /// many trees, a sample from all repos is asked for.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindMissingAsync(PachdClient cluster, ClusterInventory inventory, CancellationToken cancellationToken) =>
        await FindAsync(
            Sample(inventory.Repos.SelectMany(TreesIn).DistinctBy(asked => asked.Tree), MostAsked),
            async (asked, stop) => !await cluster.HasObjectAsync(asked.Tree, stop),
            asked => asked.Commit.ToString(),
            cancellationToken);

    /// <summary>
    /// For a cluster that has the commits: the commits whose files it cannot list; empty if it lists all. If there are very many, a sample is listed.
    /// </summary>
    public static async Task<IReadOnlyList<ComparedCommit>> FindUnlistedAsync(
        PachdClient cluster, ClusterInventory inventory, IProgress<StepProgress>? progress, CancellationToken cancellationToken) =>
        await FindAsync(
            Sample(inventory.Repos.SelectMany(TreesIn).Select(asked => asked.Commit).Distinct(), MostListed),
            async (commit, stop) => !await FileWalk.CanListAsync(cluster, commit.Repo, commit.Id, stop),
            commit => commit,
            cancellationToken,
            progress);

    /// <summary>The commits of a cluster whose trees it does not find itself. Without access to objects, their files are listed instead.</summary>
    public static async Task<IReadOnlyList<string>> FindUnreadableAsync(
        PachdClient cluster, ClusterInventory inventory, CancellationToken cancellationToken) =>
        (await cluster.FindObjectAccessAsync(cancellationToken)).IsThere
            ? await FindMissingAsync(cluster, inventory, cancellationToken)
            : [.. (await FindUnlistedAsync(cluster, inventory, progress: null, cancellationToken)).Select(commit => commit.ToString())];

    /// <summary>
    /// Throws if the objects are not sent and the target does not find them either. If it cannot be asked yet,
    /// <see cref="ThrowIfUnlistedAsync"/> checks the first commit that arrives.
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

    /// <summary>Throws if the target cannot list the files of a commit that has arrived.</summary>
    public static async Task ThrowIfUnlistedAsync(PachdClient target, ComparedCommit arrived, CancellationToken cancellationToken)
    {
        if (!await FileWalk.CanListAsync(target, arrived.Repo, arrived.Id, cancellationToken))
        {
            throw StepFailedException.Refused(
                $"commit {arrived} has arrived on the target at {target.Address}, but the target cannot list its files: it does not find the objects",
                $"{Remedy} Then deploy the target again on fresh metadata storage, and resume the run.");
        }
    }

    /// <summary>What the user has to do if objects are missing.</summary>
    public const string Remedy =
        "Give the target the bucket of the source, or a copy with the same keys. With local storage, releases before 1.9.10 keep objects "
        + "and blocks in ROOT/pach, later ones in ROOT: move them there. Or send the objects: --set objects=true.";

    private static async Task<IReadOnlyList<TResult>> FindAsync<T, TResult>(
        List<T> asked,
        Func<T, CancellationToken, Task<bool>> isMissing,
        Func<T, TResult> name,
        CancellationToken cancellationToken,
        IProgress<StepProgress>? progress = null)
    {
        var missing = new bool[asked.Count];
        var done = 0L;
        var limit = new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, asked.Count, limit, async (index, stop) =>
        {
            missing[index] = await isMissing(asked[index], stop);
            progress?.Report(new StepProgress("listing the files of commits", Interlocked.Increment(ref done), asked.Count, "commits"));
        });
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
