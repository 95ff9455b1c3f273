using PachUp.Rewriting.Rules;
using PachUp.Sdk;

namespace PachUp.Rewriting.Checks;

/// <summary>Finds commits in output repos that no pipeline can compute again.</summary>
public sealed class HandMadeOutputCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "output-made-by-hand";

    /// <inheritdoc/>
    public string Question => "Are there commits in output repos that no pipeline made?";

    /// <inheritdoc/>
    public CheckGuide Guide { get; } = new()
    {
        Why = "The target computes output repos again. A pipeline cannot compute commits that a user put there by hand.",
        WhenPassed = "Pipelines made all commits of output repos.",
        WhenWarned = "The named commits are left out. If their files are still needed, copy them into an input repo.",
    };

    private static readonly LeftOutCommits Commits = new(
        OutputRepos.OutputMadeByHand,
        Passed: "Pipelines made all commits of output repos",
        Found: "a user put them into output repos, so no pipeline can compute them",
        Remedy: "If their files are still needed, copy them into an input repo on the source. Otherwise accept this warning.");

    /// <inheritdoc/>
    public Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken) => Task.FromResult(Commits.Answer(context));
}
