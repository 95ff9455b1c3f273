using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Extracting;

/// <summary>
/// Compares an extract with the listings of the same cluster. A stream that ends too early also ends with code 0, and an empty stream looks like
/// that of an empty cluster.
/// </summary>
internal static class ExtractCompleteness
{
    /// <param name="inventory">What the cluster listed, with the number of objects and tags.</param>
    /// <param name="summary">What the extract contains.</param>
    /// <param name="carriesObjects">Whether the extract should contain objects and tags.</param>
    /// <exception cref="StepFailedException">The extract contains less than the cluster.</exception>
    public static void ThrowIfShort(ClusterInventory inventory, ArchiveSummary summary, bool carriesObjects)
    {
        ThrowIfLess("pipelines", summary.Pipelines, inventory.Pipelines.Length);
        if (carriesObjects)
        {
            ThrowIfLess("objects", summary.Objects, inventory.Objects ?? 0);
            ThrowIfLess("tags", summary.Tags, inventory.Tags ?? 0);
        }
    }

    private static void ThrowIfLess(string things, long extracted, long listed)
    {
        if (extracted < listed)
        {
            throw new StepFailedException(
                $"the server's extract ended too early: it contains {extracted} of {listed} {things}",
                "Look for the reason in pachd's log (for example memory, or a restart), then resume the run: it extracts again.");
        }
    }
}
