using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Steps.Checks;

/// <summary>A commit whose tree is not in the object store cannot be restored anywhere.</summary>
internal sealed class SourceReadableCheck : ICheck
{
    public string Name => "source-readable";

    public string Question => "Does the source find the trees of its own commits?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "A commit whose list of files (its tree) is missing from the object store cannot be read on the source, and a restore stops at it "
            + "with \"object ... not found\", half done.",
        WhenPassed = "The source finds every tree that was asked for.",
        WhenRefused = "Repair the object store, or delete the commits that are named, which nobody can read any more.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public bool NeedsLiveSource => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var missing = await ObjectReach.FindUnreadableAsync(context.Source.Connect(), context.Survey.Source, cancellationToken);
        return missing.Count == 0
            ? CheckResult.Passed("The source finds the trees of the commits that were asked for")
            : CheckResult.Refused(
                "the source does not find the trees of some of its own commits",
                "Repair the object store first: these commits cannot be read, so nobody can restore them.",
                missing);
    }
}
