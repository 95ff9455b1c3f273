using PachUp.Common.Text;
using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Steps.Checks;

/// <summary>Checks that the target finds the objects of the source: without them its metadata is useless.</summary>
internal sealed class SharedBucketCheck : ICheck
{
    public string Name => "shared-bucket";

    public string Question => "Does the target find the objects of the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "If the plan moves only metadata, the target has to find the objects under the same keys. With 1.9.10 the local storage backend "
            + "moved them from ROOT/pach to ROOT. If they are in the wrong folder, the restore succeeds and fsck finds no error, but no file can "
            + "be read.",
        WhenPassed = "The target finds the trees of the source's commits, or the plan sends the objects or copies the bucket. If PachUp has no access to the "
            + "target's objects, it lists the files of the first restored commit before it sends more.",
        WhenRefused = "The target does not find the objects. Give it the bucket of the source or a copy with the same keys; with local storage, "
            + "move the folders; or send the objects with --set objects=true.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Restore;

    public bool IsAboutTarget => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        if (context.CarriesObjects)
        {
            return CheckResult.Passed("The plan sends objects and tags with the metadata");
        }

        if (context.CopiesBucket)
        {
            return CheckResult.Passed("The plan copies the bucket, and checks the copy before it sends the first operation");
        }

        if (context.Survey.Target is null)
        {
            return CheckResult.Passed($"{(context.IsInPlace ? "In place" : "The plan deploys the target")}: PachUp checks this again before it sends the "
                + "first operation");
        }

        if (!(await context.Target.Connect().FindObjectAccessAsync(cancellationToken)).IsThere)
        {
            return CheckResult.Passed("PachUp has no access to the target's objects; it lists the files of the first restored commit before it sends more");
        }

        var missing = await ObjectReach.FindMissingAsync(context.Target.Connect(), context.Survey.Source, cancellationToken);
        return missing.Count == 0
            ? CheckResult.Passed("The target finds the trees of the source's commits in its bucket")
            : CheckResult.Refused(
                $"the target at {context.Target.Address} does not find the objects of {Words.Count(missing.Count, "commit")} of the source",
                ObjectReach.Remedy,
                missing);
    }
}
