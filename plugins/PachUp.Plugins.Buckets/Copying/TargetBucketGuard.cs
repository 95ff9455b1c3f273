using System.Text;
using PachUp.Common.Files;
using PachUp.Common.Text;
using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;
using PachUp.Plugins.Buckets.Storage;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Copying;

/// <summary>
/// Looks at the target's bucket once in a run, before the first key is written: it must not be that of another cluster, and what it has already must be
/// what the source has.
/// </summary>
/// <param name="rclone">Lists.</param>
/// <param name="from">The folder of the source with pachd's objects.</param>
/// <param name="to">The folder that receives them.</param>
internal sealed class TargetBucketGuard(Rclone rclone, Bucket from, Bucket to)
{
    /// <summary>A pachd that was just deployed has written a few objects of its own.</summary>
    private const int MostOwnKeys = 50;

    private const string FileName = "bucket-target.txt";

    /// <summary>Checks the bucket, unless the run has done so for it.</summary>
    /// <exception cref="StepFailedException">It must not be written to; this is a refusal.</exception>
    public async Task CheckAsync(IStepExecution execution, CancellationToken cancellationToken)
    {
        var seen = Path.Combine(execution.RunDirectory, FileName);
        if (File.Exists(seen) && ReadFile.Text(seen) == to.Location.ToString())
        {
            return;
        }

        if (await StorageFolders.HoldsObjectsAsync(rclone, to, cancellationToken))
        {
            execution.Progress.Report(new StepProgress("comparing what the target's bucket has already"));
            await CompareAsync(cancellationToken);
        }

        await PrivateFile.ReplaceAsync(seen, Encoding.UTF8.GetBytes(to.Location.ToString()), cancellationToken);
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var source = await StoredKeys.ReadAsync(rclone, from, cancellationToken);
        var (shared, others) = (0L, new List<string>());
        var different = new List<string>();
        await KeyListing.ListAsync(
            rclone,
            to,
            (key, size) =>
            {
                if (source.FindSize(key) is not { } expected)
                {
                    others.Add(key);
                }
                else if (expected == size)
                {
                    shared++;
                }
                else
                {
                    different.Add($"{key} ({Words.Bytes(size)} instead of {Words.Bytes(expected)})");
                }
            },
            cancellationToken);
        if (others.Count > MostOwnKeys && others.Count > shared)
        {
            throw StepFailedException.Refused(
                $"{to.Location} has {Words.Count(others.Count, "key")} that {from.Location} does not have: it is the bucket of another cluster. One of them is {others[0]}",
                "Give the target an empty bucket. Two clusters on one bucket delete each other's objects when they collect garbage.");
        }

        if (different.Count > 0)
        {
            throw StepFailedException.Refused(
                $"{to.Location} has {Words.Count(different.Count, "key")} with another size than in {from.Location}: {Words.FirstOf(different, most: 3)}",
                "Objects never change, so these are from another cluster or from a copy that was cut off. Delete these keys in the target's bucket, then resume the run.");
        }
    }
}
