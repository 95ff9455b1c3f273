using System.Collections.Immutable;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Verification.Comparing;

/// <summary>Compares the state of a cluster with the expected state.</summary>
public static class Verifier
{
    /// <summary>Compares two inventories, and the files of <paramref name="expectedTarget"/> with those read on the target.</summary>
    /// <param name="expectedTarget">The expected state.</param>
    /// <param name="actual">The actual state, with the probes that <see cref="ReadProbesAsync"/> read.</param>
    public static VerificationReport Compare(ExpectedTarget expectedTarget, ClusterInventory actual)
    {
        var continued = new ContinuedBranches(expectedTarget, actual);
        var difference = InventoryDifference.Between(continued.Expected, actual, expectedTarget.Comparison);
        return new VerificationReport
        {
            Counts = difference.Counts,

            // Of objects and tags the inventories have only numbers, which are in the counts.
            Lost = [.. difference.Lost.Where(item => item.Kind is not (ItemKind.Object or ItemKind.Tag))],
            Changed = difference.Changed,
            Added = [.. difference.Added.Where(item => !IsComputed(item, expectedTarget.RecomputedRepos) && !continued.HasMade(item))],
            Announced = expectedTarget.Changes,
        };
    }

    /// <summary>Reads on the target the files that were read on the source. If a file cannot be read, the result has no probe for it.</summary>
    /// <param name="client">The target.</param>
    /// <param name="expected">The files, as they were read on the source.</param>
    /// <param name="progress">Receives the number of files that were read.</param>
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

    /// <summary>Reads a file at the branch, or else at its commit: a branch with a newer head may not have the file any more.</summary>
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
            // If the target cannot send a file, that is a loss to report. The other files are still read.
            return null;
        }
    }

    private static bool IsComputed(InventoryItem item, ImmutableHashSet<string> recomputedRepos) =>
        item.Kind is ItemKind.Branch or ItemKind.Commit && recomputedRepos.Contains(item.Name.Split('@')[0]);
}
