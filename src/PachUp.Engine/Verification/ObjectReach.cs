using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Engine.Verification;

/// <summary>
/// Whether a target finds the objects of the source in its bucket. 1.9.12 takes metadata whose objects it cannot find with code 0, and then
/// not one file can be read, so somebody has to ask before.
/// </summary>
internal static class ObjectReach
{
    private const int MostAsked = 20_000;
    private const int CallsAtOnce = 8;

    /// <summary>Commits of the source whose trees the target does not find; empty where it finds all. Of very many trees, some spread over all repos are asked for.</summary>
    public static async Task<IReadOnlyList<string>> FindMissingAsync(PachdClient target, ClusterInventory source, CancellationToken cancellationToken)
    {
        var trees = Sample(source);
        var found = new bool[trees.Count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, trees.Count, limit, async (index, stop) => found[index] = await target.HasObjectAsync(trees[index].Tree, stop));
        return [.. trees.Where((_, index) => !found[index]).Select(tree => tree.Name).Distinct()];
    }

    /// <summary>Throws where the objects do not travel in the stream and the target does not find them either.</summary>
    public static async Task ThrowIfMissingAsync(
        PachdClient target, ClusterInventory source, IStepContext context, CancellationToken cancellationToken)
    {
        if (context.CarriesObjects)
        {
            return;
        }

        var missing = await FindMissingAsync(target, source, cancellationToken);
        if (missing.Count > 0)
        {
            throw StepFailedException.Refused($"the target at {target.Address} does not find the objects of {Words.FirstOf(missing)}", Remedy);
        }
    }

    /// <summary>What to do where objects are missing.</summary>
    public const string Remedy =
        "Give the target the bucket of the source (or a copy, same keys). On the local storage backend, releases up to 1.9.0 keep objects "
        + "and blocks in ROOT/pach, 1.9.12 in ROOT itself: move them there. Or send the objects along: --set objects=true.";

    private static List<(string Name, string Tree)> Sample(ClusterInventory source)
    {
        var trees = source.Repos
            .SelectMany(repo => repo.Commits.SelectMany(commit => TreesOf(commit).Select(tree => (Name: $"{repo.Name}@{commit.Id}", Tree: tree))))
            .DistinctBy(commit => commit.Tree)
            .ToList();
        var step = ((trees.Count - 1) / MostAsked) + 1;
        return [.. trees.Where((_, index) => index % step == 0)];
    }

    private static ImmutableArray<string> TreesOf(CommitInventory commit) => commit.Tree is { } tree ? [tree] : commit.Trees;
}
