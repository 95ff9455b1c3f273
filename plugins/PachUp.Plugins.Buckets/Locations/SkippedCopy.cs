using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Locations;

/// <summary>Why a step has no bucket to work on.</summary>
internal static class SkippedCopy
{
    private const string SandboxName = "sandbox";

    /// <summary>The reason; null if the step has work to do.</summary>
    /// <exception cref="StepFailedException">The plan is in place, where the bucket must not be copied, or it names buckets that cannot be used.</exception>
    public static string? FindReason(BucketArguments arguments, IStepContext context)
    {
        if (!((ICopiesBucket)arguments).CopiesBucket)
        {
            return "the plan names no buckets (sourceBucket, targetBucket)";
        }

        if (context.IsInPlace)
        {
            throw StepFailedException.Refused(
                "the plan copies the bucket, but source and target have one address: the plan is in place",
                "Leave the bucket where it is: remove the two locations. To get a second cluster with its own bucket, use a side-by-side plan.");
        }

        // A trial between sandboxes also finds mistakes in the locations.
        arguments.FindBuckets();
        return context.Source.Platform.Name == SandboxName || context.Target.Platform.Name == SandboxName
            ? "the sandbox keeps its objects in memory, not in a bucket"
            : null;
    }

    /// <summary>What the plan does instead, why, and what each way costs.</summary>
    public static IEnumerable<string> DescribeWays(IStepContext context) => context.CarriesObjects
        ?
        [
            "The plan sends the content of all files through pachd (objects=true), because no buckets are named: writers wait until everything is sent, and the "
                + "target computes the output of 1.8 and later again.",
            "With sourceBucket and targetBucket PachUp copies the bucket while the source works, and output is kept.",
        ]
        :
        [
            "The plan sends only metadata (objects=false), because no buckets are named: you copy the bucket yourself, with the same keys, and once more after the "
                + "pause. If the target lacks an object, the restore or the verification stops.",
            "With sourceBucket and targetBucket PachUp copies the bucket while the source works, and only what was written last after the pause. With objects=true "
                + "it sends all content through pachd: writers wait until everything is sent, and the target computes the output of 1.8 and later again.",
        ];
}
