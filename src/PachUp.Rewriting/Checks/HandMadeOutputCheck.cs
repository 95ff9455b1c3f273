using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Commits in output repos that no pipeline can compute again.</summary>
public sealed class HandMadeOutputCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "output-made-by-hand";

    /// <inheritdoc/>
    public string Question => "Did somebody put commits into output repos of pipelines?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Output repos are computed again by the target. What somebody put into one by hand no pipeline can compute.",
        WhenPassed = "All commits of output repos were made by their pipelines.",
        WhenWarned = "The commits that are named stay behind. Copy their files into an input repo if they are still needed.",
    };

    private static readonly LeftOutCommits Commits = new(
        OutputRepos.OutputMadeByHand,
        Passed: "All output was computed by pipelines",
        Found: "put into the output of pipelines by hand, so no pipeline can compute them",
        Remedy: "Copy their files into an input repo on the source if they are still needed; accept this warning to leave them behind.");

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(Commits.Answer(context));
}
