using PachUp.Sdk;
using PachUp.Verification.Comparing;

namespace PachUp.Steps.Checks;

/// <summary>Checks that the source finds the trees of its commits: a commit without its tree cannot be restored.</summary>
internal sealed class SourceReadableCheck : ICheck
{
    public string Name => "source-readable";

    public string Question => "Does the source find the trees of its own commits?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "The tree of a commit is its list of files. If it is missing from the object store, the commit cannot be read on the source, and a "
            + "restore stops at it halfway with \"object ... not found\".",
        WhenPassed = "The source finds every tree that PachUp asked for.",
        WhenRefused = "Repair the object store, or delete the named commits. Their files cannot be read any more.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose.ReadsCluster();

    public bool NeedsLiveSource => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var missing = await ObjectReach.FindUnreadableAsync(context.Source.Connect(), context.Survey.Source, cancellationToken);
        return missing.Count == 0
            ? CheckResult.Passed("The source finds the tree of every commit that PachUp asked for")
            : CheckResult.Refused(
                "the source does not find the trees of some of its own commits",
                "Repair the object store first: these commits cannot be read, so they cannot be restored.",
                missing);
    }
}
