using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Leaves out commits without exactly one tree: workers of 1.8 finish output with several trees, and the output of a failed job has none. A release
/// whose <c>BuildCommit</c> gets no tree that it understands makes an open commit.
/// </summary>
public sealed class TreelessCommits : IRule
{
    internal const string TreelessCommit = "treeless-commit";

    private static readonly CommitRemoval WithoutAny = new(
        TreelessCommit, commit => IsTreeless(commit) && commit.Trees.IsEmpty, "it was finished without files, and a restore would open it again");

    private static readonly CommitRemoval WithSeveral = new(
        TreelessCommit, IsTreeless, "it was finished with several trees, which releases before 1.9.6 cannot restore; a target of 1.9.6 or later can");

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Target.BuildsCommitsWhole ? WithoutAny.Apply(draft) : WithSeveral.Apply(WithoutAny.Apply(draft));

    private static bool IsTreeless(CommitInventory commit) => !commit.IsOpen && commit.Tree is null;
}
