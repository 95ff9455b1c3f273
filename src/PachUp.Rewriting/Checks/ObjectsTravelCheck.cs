using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Checks that the plan sends the objects: a server that converts trees reads their objects when the commits arrive.</summary>
public sealed class ObjectsTravelCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "objects-travel";

    /// <inheritdoc/>
    public string Question => "Does the plan send the objects with the metadata?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "The target converts the tree of each commit when the commit arrives, and reads the tree from its object store, whose layout differs "
            + "from release to release. Without the objects, a restore stops at the first commit.",
        WhenPassed = "The stream contains all objects and tags, before the commits.",
        WhenRefused = "Extract the objects too: objects: true in the plan's extract step.",
        Releases = "sources of 1.7",
        Issues = [3376, 3316, 3259],
    };

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(context.CarriesObjects
        ? CheckResult.Passed("The plan sends objects and tags with the metadata")
        : CheckResult.Refused(
            $"{context.TargetRelease} has to convert the trees of all commits, but the plan does not send the objects that contain them",
            "Extract the objects too: --set objects=true, or \"objects: true\" in the plan's extract step."));
}
