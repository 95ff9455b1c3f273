using System.Globalization;
using PachUp.Common.Text;
using PachUp.Plugins.Buckets.Locations;
using PachUp.Plugins.Buckets.Running;
using PachUp.Plugins.Buckets.Storage;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Copying;

/// <summary>
/// <c>bucket/copy</c>: copies the objects of the source, with the same keys, into the bucket of the target. Objects never change once they are written, so
/// this works while the source works: each pass copies what was written during the pass before. A pass after the pause copies the rest.
/// </summary>
internal sealed class CopyStep : IStep<CopyArguments>
{
    public string Name => "bucket/copy";

    public string Summary => "Copies the source's bucket into the target's, while the source works.";

    public Task<StepPreview> PreviewAsync(CopyArguments arguments, IStepContext context, CancellationToken cancellationToken)
    {
        ThrowIfUnusable(arguments);
        if (SkippedCopy.FindReason(arguments, context) is { } reason)
        {
            return Task.FromResult(new StepPreview($"Copies nothing: {reason}") { Notes = [.. SkippedCopy.DescribeWays(context)] });
        }

        var (source, target) = arguments.FindBuckets()!.Value;
        return Task.FromResult(new StepPreview(
            $"Copies the objects in {source.Location} to {target.Location}, {Limit(arguments)}")
        {
            Effects = [new Effect("write", $"objects, blocks and tags in {target.Location}", "with the same keys; nothing is deleted")],
            Notes =
            [
                .. new[] { source, target }.Where(bucket => bucket.Location.Kind != BucketKind.Folder).Select(bucket => $"Uses {bucket.Location} with {bucket.Credentials}."),
                "The plan sends only metadata, because it copies the bucket: output of pipelines stays readable, and datums are not processed again.",
            ],
        });
    }

    public string DescribeRollback(CopyArguments arguments, IStepExecution execution) =>
        "What was copied stays in the target's bucket. Delete that bucket when you give up the target.";

    public async Task<StepResult> ExecuteAsync(CopyArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        ThrowIfUnusable(arguments);
        if (SkippedCopy.FindReason(arguments, execution) is { } reason)
        {
            return new StepResult($"Copied nothing: {reason}");
        }

        var (source, target) = arguments.FindBuckets()!.Value;
        var rclone = new Rclone(await RcloneProgram.FindAsync(cancellationToken), source, target);
        var from = await StorageFolders.FindSourceAsync(rclone, execution.Survey.Source.Release, cancellationToken);
        var to = StorageFolders.OfTarget(source, from, target, execution.TargetRelease);
        await new TargetBucketGuard(rclone, source.At(from), target.At(to)).CheckAsync(execution, cancellationToken);
        var passes = await RepeatAsync(new CopyPass(rclone, source.At(from), target.At(to), arguments), arguments, execution, cancellationToken);
        return Describe(passes, PassLimit.Parse(arguments.Until), target);
    }

    private static async Task<List<CopiedPass>> RepeatAsync(CopyPass pass, CopyArguments arguments, IStepExecution execution, CancellationToken cancellationToken)
    {
        var limit = PassLimit.Parse(arguments.Until);
        var passes = CopiedPass.In(execution.Checkpoints).ToList();
        while (passes.Count < (limit.Passes ?? arguments.Passes) && !limit.IsReachedBy(passes))
        {
            var copied = await pass.RunAsync(passes.Count + 1, execution, cancellationToken);
            execution.Record(copied.ToCheckpoint());
            passes.Add(copied);
            execution.Progress.Report(new StepProgress(Describe(copied, passes.Count, limit)) { IsNews = true });
        }

        return passes;
    }

    /// <summary>Where the source works, each pass tells how long writers would wait if it was the last but one.</summary>
    private static string Describe(CopiedPass pass, int number, PassLimit limit) =>
        limit.Passes is null ? $"{pass.Describe(number)}; {pass.DescribeLastPass(number)}" : pass.Describe(number);

    private static StepResult Describe(List<CopiedPass> passes, PassLimit limit, Bucket target)
    {
        var bytes = passes.Sum(pass => pass.Bytes);
        var last = passes[^1];
        return new StepResult(
            $"Copied {Words.Count(passes.Sum(pass => pass.Objects), "key")} with {Words.Bytes(bytes)} to {target.Location} in {Words.Count(passes.Count, "pass")}")
        {
            Outputs = NamedValues.Of(
                ("bytes", bytes.ToString(CultureInfo.InvariantCulture)),
                ("lastPassBytes", last.Bytes.ToString(CultureInfo.InvariantCulture)),
                ("lastPassSeconds", last.Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture))),
            Notes =
            [
                .. passes.Select((pass, index) => Words.AsSentence(Describe(pass, index + 1, limit))),
                .. limit.IsReachedBy(passes) ? Array.Empty<string>() : ["The limit was not reached: the source is written to about as fast as it is copied. The last pass, after the pause, will take longer."],
                .. last.Unsettled.IsEmpty ? Array.Empty<string>() : [$"{Words.Count(last.Unsettled.Length, "key")} changed during the last pass: {Words.FirstOf(last.Unsettled)}."],
            ],
        };
    }

    private static string Limit(CopyArguments arguments) =>
        PassLimit.Parse(arguments.Until) is { Passes: null } limit ? $"{limit}, in at most {Words.Count(arguments.Passes, "pass")}" : $"{PassLimit.Parse(arguments.Until)}";

    private static void ThrowIfUnusable(CopyArguments arguments)
    {
        PassLimit.Parse(arguments.Until);
        if (arguments.Passes is < 1 or > 100)
        {
            throw StepFailedException.Refused($"\"passes\" is {arguments.Passes}", "Give a number from 1 to 100.");
        }

        if (arguments.Transfers is < 1 or > 256)
        {
            throw StepFailedException.Refused($"\"transfers\" is {arguments.Transfers}", "Give a number from 1 to 256.");
        }
    }
}
