using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Finds finished commits that the target's release cannot restore.</summary>
public sealed class TreelessCommitsCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "treeless-commits";

    /// <inheritdoc/>
    public string Question => "Are there finished commits that this release cannot restore?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "Workers of 1.8 finish output with several trees. Extracts before 1.9.6 contain only one tree of a commit, and releases before 1.9.6 "
            + "cannot build a commit with several trees: it would arrive open and empty.",
        WhenPassed = "Every finished commit of an input repo can be restored.",
        WhenWarned = "The named commits are left out. Copy their files into new commits on the source, or migrate to 1.9.6 or later.",
        Releases = "sources from 1.8.0 on",
    };

    private static readonly LeftOutCommits Commits = new(
        TreelessCommits.TreelessCommit,
        Passed: "Every finished commit of an input repo can be restored",
        Found: "they were finished without a tree or with several trees, or descend from such a commit",
        Remedy: "Copy their files into a new commit on the source, or migrate to 1.9.6 or later, which restores commits with several trees. Or "
            + "accept this warning to leave them out.");

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(Commits.Answer(context));
}
