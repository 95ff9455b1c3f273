using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Finds open commits outside output repos. (Open output commits are computed again.)</summary>
public sealed class OpenCommitsCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "open-commits";

    /// <inheritdoc/>
    public string Question => "Are there open commits on the source?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "An extract contains an open commit without its files. Restoring it fails or leaves an empty commit open forever, and its children are refused.",
        WhenPassed = "Every commit of an input repo is finished.",
        WhenWarned = "The named commits and their descendants are left out. Finish or delete them on the source.",
        Issues = [4661, 4694, 4695, 4676],
    };

    private static readonly LeftOutCommits Commits = new(
        OpenCommits.OpenCommit,
        Passed: "No commit of an input repo is open",
        Found: "they are open, or descend from an open commit",
        Remedy: "Finish them (\"pachctl finish-commit\") or delete them on the source. Or accept this warning to leave them out.");

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(Commits.Answer(context));
}
