using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Finished commits that the target's release cannot restore.</summary>
public sealed class TreelessCommitsCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "treeless-commits";

    /// <inheritdoc/>
    public string Question => "Are there finished commits that this release cannot restore?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Workers of 1.8 finish output in several trees. Extracts before 1.9.6 carry one tree alone, and releases before 1.9.6 build no "
            + "commit of several: it would arrive open and empty.",
        WhenPassed = "Every finished commit of an input repo can be restored.",
        WhenWarned = "The commits that are named stay behind. Copy their files into new commits on the source, or migrate to 1.9.6 or later.",
        Releases = "sources from 1.8.0 on",
    };

    private static readonly LeftOutCommits Commits = new(
        TreelessCommits.TreelessCommit,
        Passed: "Every finished commit of an input repo can be restored",
        Found: "finished without one tree of their own, or descended from one that was",
        Remedy: "Copy their files into a new commit on the source, or migrate to 1.9.6 or later, which restores commits of several trees; "
            + "accept this warning to leave them behind.");

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(Commits.Answer(context));
}
