using PachUp.Pachyderm.Archives;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Extracting;

/// <summary>
/// Compares an extract with the listings of the same cluster: a stream that ends early ends with code 0, and an empty one cannot be told from
/// that of an empty cluster.
/// </summary>
internal static class ExtractCompleteness
{
    /// <param name="inventory">What the cluster listed, objects and tags counted.</param>
    /// <param name="summary">What the stream held.</param>
    /// <param name="carriesObjects">Whether objects and tags were asked for.</param>
    /// <exception cref="StepFailedException">The stream holds less than the cluster.</exception>
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
                $"the server's extract ended early: it holds {extracted} of {listed} {things}",
                "Look at pachd's log for the reason (memory, a restart), then resume the run; it extracts again.");
        }
    }
}
