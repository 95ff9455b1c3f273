using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>A server that converts trees reads them when their commits arrive, so their objects have to be there before.</summary>
public sealed class ObjectsTravelCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "objects-travel";

    /// <inheritdoc/>
    public string Question => "Do the objects travel with the metadata?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "The target converts the tree of each commit as the commit arrives, and reads the tree from its object store, whose layout differs "
            + "from release to release. A restore without the objects stops at the first commit, half done.",
        WhenPassed = "All objects and tags are in the stream, before the commits.",
        WhenRefused = "Let the plan extract the objects too.",
        Releases = "sources of 1.7",
        Issues = [3376, 3316, 3259],
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(context.CarriesObjects
        ? CheckResult.Passed("Objects and tags travel with the metadata")
        : CheckResult.Refused(
            $"{context.TargetRelease} has to convert the trees of all commits, and the plan leaves the objects behind that hold them",
            "Extract the objects too: --set objects=true, or \"objects: true\" in the plan's extract step."));
}
