using System.Globalization;
using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;
using PachUp.Plugins.Buckets.Storage;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Copying;

/// <summary>Copies once everything that the target lacks. Nothing is deleted.</summary>
/// <param name="rclone">The two buckets.</param>
/// <param name="from">The folder of the source with pachd's objects.</param>
/// <param name="to">The folder in which the target looks.</param>
/// <param name="arguments">How fast to copy.</param>
internal sealed class CopyPass(Rclone rclone, Bucket from, Bucket to, CopyArguments arguments)
{
    /// <summary>Copies.</summary>
    /// <param name="number">The number of the pass, for its progress.</param>
    /// <param name="execution">The step.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">Something could not be copied.</exception>
    public async Task<CopiedPass> RunAsync(int number, IStepExecution execution, CancellationToken cancellationToken)
    {
        var start = execution.Time.GetTimestamp();
        var last = new RcloneStats(0, 0, 0);
        var errors = await rclone.RunAsync(
            ["copy", from.Path, to.Path, .. StorageFolders.Filter, .. Comparison, .. Speed, .. InsideTheStore],
            _ => { },
            stats =>
            {
                last = stats;
                execution.Progress.Report(new StepProgress($"copying the bucket, pass {number}", stats.Bytes, stats.TotalBytes, StepProgress.BytesUnit));
            },
            cancellationToken);
        var failed = errors.Where(error => !RcloneTrouble.IsUnsettled(error) && !RcloneTrouble.IsSummary(error)).ToList();
        var unsettled = errors.Where(RcloneTrouble.IsUnsettled).Select(error => error.Key).Distinct().ToList();
        return failed.Count > 0 || (errors.Count > 0 && unsettled.Count == 0)
            ? throw RcloneTrouble.Explain(failed.Count > 0 ? failed : errors, rclone)
            : new CopiedPass(last.Bytes, last.Transfers, execution.Time.GetElapsedTime(start)) { Unsettled = [.. unsettled] };
    }

    /// <summary>
    /// What counts as copied already. A folder keeps the times of its source, so size and time are compared; this finds a file that an interruption
    /// cut off. Stores have checksums. From a folder into a store the time of the upload is compared, because checksums would read all files again.
    /// </summary>
    private IEnumerable<string> Comparison => (from.Location.Kind, to.Location.Kind) switch
    {
        (_, BucketKind.Folder) => ["--use-server-modtime"],
        (BucketKind.Folder, _) => ["--update", "--use-server-modtime"],
        _ => ["--checksum"],
    };

    /// <summary>If one store has both buckets and one user may use both, the store copies by itself, and nothing passes through this machine.</summary>
    private IEnumerable<string> InsideTheStore => from.IsInStoreOf(to) ? ["--server-side-across-configs"] : [];

    private IEnumerable<string> Speed =>
    [
        "--transfers", arguments.Transfers.ToString(CultureInfo.InvariantCulture),
        "--checkers", (2 * arguments.Transfers).ToString(CultureInfo.InvariantCulture),
        .. arguments.Bandwidth.Length == 0 ? Array.Empty<string>() : ["--bwlimit", arguments.Bandwidth],
    ];
}
