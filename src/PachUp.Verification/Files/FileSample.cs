using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Files;

/// <summary>Chooses files at random, each with the same probability, from listings of any length.</summary>
internal static class FileSample
{
    public static async Task<IReadOnlyList<(ComparedCommit Commit, CommitFile File)>> ChooseAsync(
        IFileSide side, IReadOnlyList<ComparedCommit> commits, int count, int seed, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var chosen = new List<(ComparedCommit, CommitFile)>(Math.Min(count, 1024));
        var seen = 0L;
        for (var i = 0; i < commits.Count; i++)
        {
            var commit = commits[i];
            progress?.Report(new StepProgress("choosing files", i, commits.Count, "commits"));
            await foreach (var file in side.ListAsync(commit, cancellationToken))
            {
                // Reservoir sampling: the n-th file replaces a chosen one with probability count / n.
                var place = random.NextInt64(++seen);
                if (chosen.Count < count)
                {
                    chosen.Add((commit, file));
                }
                else if (place < count)
                {
                    chosen[(int)place] = (commit, file);
                }
            }
        }

        return chosen;
    }
}
