using PachUp.Plugins.Buckets.Running;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Checks;

/// <summary>Checks that rclone is there when the plan copies a bucket.</summary>
internal sealed class RcloneCheck : ICheck
{
    public string Name => "rclone";

    public string Question => "Can this machine copy the bucket?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "PachUp copies buckets with rclone, which knows the object stores, continues where it stopped, and copies inside the store where the store can "
            + "do that.",
        WhenPassed = "The plan copies no bucket, or this machine has an rclone that is new enough.",
        WhenRefused = "rclone is missing or too old. Install it as the message says, or copy the bucket yourself and leave the two locations out of the plan.",
    };

    public bool IsAboutThisMachine => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (!context.CopiesBucket)
        {
            return CheckResult.Passed("The plan copies no bucket");
        }

        try
        {
            var program = await RcloneProgram.FindAsync(cancellationToken);
            return CheckResult.Passed($"This machine has rclone {program.Version}");
        }
        catch (StepFailedException e)
        {
            return CheckResult.Refused(e.Message, e.Remedy);
        }
    }
}
