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
    private const int SampleSize = 50;

    /// <summary>Trees of the source's commits, spread over the repos, that the target does not find; empty where it finds all.</summary>
    public static async Task<IReadOnlyList<string>> FindMissingAsync(PachdClient target, ClusterInventory source, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var (name, tree) in Sample(source))
        {
            if (!await target.HasObjectAsync(tree, cancellationToken))
            {
                missing.Add(name);
            }
        }

        return missing;
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

    private static IEnumerable<(string Name, string Tree)> Sample(ClusterInventory source)
    {
        var trees = source.Repos
            .SelectMany(repo => repo.Commits
                .Where(commit => commit.Tree is not null)
                .Select(commit => (Name: $"{repo.Name}@{commit.Id}", Tree: commit.Tree!)))
            .DistinctBy(commit => commit.Tree)
            .ToList();
        var step = Math.Max(1, trees.Count / SampleSize);
        return trees.Where((_, index) => index % step == 0);
    }
}
