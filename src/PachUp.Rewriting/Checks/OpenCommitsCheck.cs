using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Open commits outside of output repos, and what goes with them. (Open output commits are computed anew.)</summary>
public sealed class OpenCommitsCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "open-commits";

    /// <inheritdoc/>
    public string Question => "Are there commits on the source that are not finished?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "An open commit is in the extract without its files. Restoring it fails or leaves an empty commit open for ever, and its children "
            + "are refused.",
        WhenPassed = "Every commit of an input repo is finished.",
        WhenWarned = "The commits that are named, and their descendants, stay behind. Finish or delete them on the source.",
        Issues = [4661, 4694, 4695, 4676],
    };

    private static readonly LeftOutCommits Commits = new(
        OpenCommits.OpenCommit,
        Passed: "No commit of an input repo is open",
        Found: "not finished, or descended from one that is not",
        Remedy: "Finish them (\"pachctl finish-commit\") or delete them on the source to decide yourself; accept this warning to leave them behind.");

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(Commits.Answer(context));
}
