using PachUp.Common.Text;
using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;
using PachUp.Plugins.Buckets.Storage;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Checking;

/// <summary>The keys of the source that the target lacks, or has with another size.</summary>
/// <param name="Source">All keys of the source.</param>
/// <param name="Target">All keys of the target.</param>
internal sealed record KeyComparison(StoredKeys Source, StoredKeys Target)
{
    /// <summary>The keys that differ, each with what is wrong with it.</summary>
    public SortedDictionary<string, string> Differences { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of them that the target has, with another size.</summary>
    public HashSet<string> OfAnotherSize { get; } = new(StringComparer.Ordinal);

    /// <summary>Compares two folders with pachd's objects.</summary>
    public static async Task<KeyComparison> ReadAsync(
        Rclone rclone, Bucket from, Bucket to, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new StepProgress("listing the target's bucket"));
        var comparison = new KeyComparison(new StoredKeys(), await StoredKeys.ReadAsync(rclone, to, cancellationToken));
        await KeyListing.ListAsync(
            rclone,
            from,
            (key, size) =>
            {
                comparison.Add(key, size);
                progress.Report(new StepProgress("comparing the buckets", comparison.Source.Count, Unit: "keys"));
            },
            cancellationToken);
        return comparison;
    }

    private void Add(string key, long size)
    {
        Source.Add(key, size);
        switch (Target.FindSize(key))
        {
            case null:
                Differences[key] = "is missing";
                break;
            case var other when other != size:
                OfAnotherSize.Add(key);
                Differences[key] = $"has {Words.Bytes(other.Value)} instead of {Words.Bytes(size)}";
                break;
        }
    }
}
