using PachUp.Common.Text;
using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Steps.Checks;

/// <summary>Metadata alone is worth nothing to a target that does not find the objects.</summary>
internal sealed class SharedBucketCheck : ICheck
{
    public string Name => "shared-bucket";

    public string Question => "Does the target find the objects of the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Where only metadata is moved, the target has to find the objects under the same keys. The local storage backend moved them from "
            + "ROOT/pach to ROOT with 1.9.10: there a restore ends well, fsck finds nothing, and not one file can be read.",
        WhenPassed = "The target finds the trees of the source's commits, or the objects travel with the metadata. A target whose objects cannot be asked "
            + "for shows it with the first commit that arrives, whose files are listed before more is sent.",
        WhenRefused = "The target does not find them. Give it the bucket of the source or a copy with the same keys, move the folders of a local "
            + "backend, or send the objects along with --set objects=true.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Restore;

    public bool IsAboutTarget => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (context.CarriesObjects)
        {
            return CheckResult.Passed("Objects and tags travel with the metadata");
        }

        if (context.Survey.Target is null)
        {
            return CheckResult.Passed($"{(context.IsInPlace ? "In place" : "The plan deploys the target")}: asked again before the first operation is sent");
        }

        if (!(await context.Target.Connect().FindObjectAccessAsync(cancellationToken)).IsThere)
        {
            return CheckResult.Passed("The objects of the target cannot be asked for: the files of the first commit that arrives are listed before more is sent");
        }

        var missing = await ObjectReach.FindMissingAsync(context.Target.Connect(), context.Survey.Source, cancellationToken);
        return missing.Count == 0
            ? CheckResult.Passed("The target finds the trees of the source's commits in its bucket")
            : CheckResult.Refused(
                $"the target at {context.Target.Address} does not find the objects of {Words.Count(missing.Count, "commit")} that were asked for",
                ObjectReach.Remedy,
                missing);
    }
}
