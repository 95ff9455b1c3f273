using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Comparing;

/// <summary>Compares what a cluster holds with what it was foreseen to hold.</summary>
public static class Verifier
{
    /// <summary>Compares two inventories, and the files of <paramref name="foresight"/> as they were read on the target.</summary>
    /// <param name="foresight">What should be there.</param>
    /// <param name="actual">What is there, with the probes that <see cref="ReadProbesAsync"/> read.</param>
    public static VerificationReport Compare(Foresight foresight, ClusterInventory actual)
    {
        var continued = new ContinuedBranches(foresight, actual);
        var difference = InventoryDifference.Between(continued.Expected, actual, foresight.Comparison);
        return new VerificationReport
        {
            Counts = difference.Counts,
            Lost = difference.Lost,
            Changed = difference.Changed,
            Added = [.. difference.Added.Where(item => !IsComputed(item, foresight.RecomputedRepos) && !continued.HasMade(item))],
            Announced = foresight.Changes,
        };
    }

    /// <summary>Reads the files again that were read on the source. A file that cannot be read has no probe in the result.</summary>
    /// <param name="client">The target.</param>
    /// <param name="expected">The files, as they were on the source.</param>
    /// <param name="progress">Told how many were read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<ImmutableArray<FileProbe>> ReadProbesAsync(
        PachdClient client, ImmutableArray<FileProbe> expected, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var probes = ImmutableArray.CreateBuilder<FileProbe>(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            progress?.Report(new StepProgress("reading files", i, expected.Length, "files"));
            if (await TryReadAsync(client, expected[i], cancellationToken) is { } probe)
            {
                probes.Add(probe);
            }
        }

        return probes.ToImmutable();
    }

    /// <summary>A branch that went on, as those of cron inputs do, may no longer have the file; its commit has.</summary>
    private static async Task<FileProbe?> TryReadAsync(PachdClient client, FileProbe expected, CancellationToken cancellationToken) =>
        await TryReadAsync(client, expected, expected.Branch, cancellationToken) ?? await TryReadAsync(client, expected, expected.Commit, cancellationToken);

    private static async Task<FileProbe?> TryReadAsync(PachdClient client, FileProbe expected, string commitOrBranch, CancellationToken cancellationToken)
    {
        try
        {
            var content = await FileContent.ReadAsync(client, expected.Repo, commitOrBranch, expected.Path, cancellationToken);
            return expected with { SizeBytes = content.SizeBytes, Sha256 = content.Sha256 };
        }
        catch (PachdException e) when (e.Failure == PachdFailure.Refused)
        {
            // A file that the target cannot give is a loss to report, not a reason to stop looking for others.
            return null;
        }
    }

    private static bool IsComputed(InventoryItem item, ImmutableHashSet<string> recomputedRepos) =>
        item.Kind is ItemKind.Branch or ItemKind.Commit && recomputedRepos.Contains(item.Name.Split('@')[0]);
}
