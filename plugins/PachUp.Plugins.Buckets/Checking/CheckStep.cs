using System.Globalization;
using PachUp.Common.Text;
using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;
using PachUp.Plugins.Buckets.Storage;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Checking;

/// <summary>
/// <c>bucket/check</c>: compares the copied bucket with that of the source before anything is restored: every key is there with the same size, and
/// everything that the commits, files and pipelines of the source refer to.
/// </summary>
internal sealed class CheckStep : IStep<CheckArguments>
{
    private const int MostNamed = 50;

    public string Name => "bucket/check";

    public string Summary => "Checks that the target's bucket has every object and block that the source refers to.";

    public Task<StepPreview> PreviewAsync(CheckArguments arguments, IStepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(SkippedCopy.FindReason(arguments, context) is { } reason
            ? new StepPreview($"Checks nothing: {reason}")
            : Preview(arguments.FindBuckets()!.Value));

    public string DescribeRollback(CheckArguments arguments, IStepExecution execution) => "Nothing is undone: the step only reads.";

    public async Task<StepResult> ExecuteAsync(CheckArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        if (SkippedCopy.FindReason(arguments, execution) is { } reason)
        {
            return new StepResult($"Checked nothing: {reason}");
        }

        var (source, target) = arguments.FindBuckets()!.Value;
        var rclone = new Rclone(await RcloneProgram.FindAsync(cancellationToken), source, target);
        var folder = await StorageFolders.FindSourceAsync(rclone, execution.Survey.Source.Release, cancellationToken);
        var (from, to) = (source.At(folder), target.At(StorageFolders.OfTarget(source, folder, target, execution.TargetRelease)));
        await StorageFolders.ThrowIfElsewhereAsync(rclone, to, execution.TargetRelease, cancellationToken);

        var keys = await KeyComparison.ReadAsync(rclone, from, to, execution.Progress, cancellationToken);
        var references = new ReferenceReader(execution.Source.Connect(), execution.Survey.Source);
        var owners = keys.Differences.Count == 0
            ? new Dictionary<string, string>()
            : await new MissingOwners(rclone, from, execution.RunDirectory).FindAsync(keys.Differences.Keys, references, cancellationToken);
        var lost = keys.Differences.Where(difference => owners.ContainsKey(difference.Key) || keys.OfAnotherSize.Contains(difference.Key)).ToList();
        if (lost.Count > 0)
        {
            throw Loss(lost, owners, from, to);
        }

        var count = await CountReferencesAsync(references, keys, from, execution.Progress, cancellationToken);
        return new StepResult(
            $"{to.Location} has {keys.Source.Count - keys.Differences.Count} of {Words.Count(keys.Source.Count, "key")} of {from.Location}, and all {Words.Count(count, "object")} and blocks that commits, files and specs refer to")
        {
            Notes = [.. Unneeded(keys)],
            Outputs = NamedValues.Of(("keys", keys.Source.Count.ToString(CultureInfo.InvariantCulture)), ("references", count.ToString(CultureInfo.InvariantCulture))),
        };
    }

    private static StepPreview Preview((Bucket Source, Bucket Target) buckets) =>
        new($"Compares {buckets.Target.Location} with {buckets.Source.Location}, key by key, before anything is restored")
        {
            Notes = ["Objects and blocks that commits, files of branch heads and specs of pipelines refer to are looked up one by one."],
        };

    /// <summary>Looks up what the cluster refers to. What is in neither bucket means that the plan names the bucket of another cluster.</summary>
    private static async Task<long> CountReferencesAsync(
        ReferenceReader references, KeyComparison keys, Bucket from, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var count = 0L;
        var missing = new List<string>();
        await foreach (var reference in references.Trees().ToAsyncEnumerable().Concat(references.FilesOfHeadsAsync(cancellationToken)).WithCancellation(cancellationToken))
        {
            progress.Report(new StepProgress("looking up what files refer to", ++count, Unit: "references"));
            if (keys.Target.FindSize(reference.Key) is not { } size || size < reference.AtLeast)
            {
                missing.Add($"{reference.Key}: {reference.Owner}");
            }
        }

        return missing.Count == 0 ? count : throw StepFailedException.Refused(
            $"{from.Location} lacks {Words.Count(missing.Count, "object")} or blocks that the source refers to, such as {missing[0]}",
            "This is the bucket of another cluster, or the source has lost objects (pachctl fsck, get file). Correct sourceBucket, then start a new run.");
    }

    /// <summary>Workers that were just stopped write the result of their last datum. No commit refers to it.</summary>
    private static IEnumerable<string> Unneeded(KeyComparison keys) => keys.Differences.Count == 0
        ? []
        : [$"{Words.Count(keys.Differences.Count, "key")} that no commit, file or spec refers to came after the copy, such as {keys.Differences.Keys.First()}: results of datums. A later bucket/copy copies them."];

    private static StepFailedException Loss(
        List<KeyValuePair<string, string>> lost, IReadOnlyDictionary<string, string> owners, Bucket from, Bucket to)
    {
        var named = lost.Select(difference => $"{difference.Key} {difference.Value}{(owners.TryGetValue(difference.Key, out var owner) ? $": {owner}" : "")}").ToList();
        return new StepFailedException(
            $"{to.Location} does not have {Words.Count(named.Count, "key")} of {from.Location} as they are there: {Words.FirstOf(named, most: 3)}",
            $"Copy what is missing (rclone copy {from.Location} {to.Location}), then resume the run: it is checked again. Nothing was restored.")
        {
            Kind = FailureKind.LossFound,
            Details = [.. named.Take(MostNamed)],
        };
    }
}
