using PachUp.Pachyderm.Inventories;
using PachUp.Rewriting.Drafts;

namespace PachUp.Rewriting.Rules;

/// <summary>
/// Workers of 1.8 finish output in several trees, and the output of a failed job in none. A release whose <c>BuildCommit</c> does not get a
/// tree that it understands makes an open commit.
/// </summary>
public sealed class TreelessCommits : IRule
{
    internal const string TreelessCommit = "treeless-commit";

    private static readonly CommitRemoval WithoutAny = new(
        TreelessCommit, commit => IsTreeless(commit) && commit.Trees.IsEmpty, "it was finished without files, and a restore would open it again");

    private static readonly CommitRemoval WithSeveral = new(
        TreelessCommit, IsTreeless, "it was finished in several trees, which releases before 1.9.6 cannot restore; a target of 1.9.6 or later can");

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => draft.Target.BuildsCommitsWhole ? WithoutAny.Apply(draft) : WithSeveral.Apply(WithoutAny.Apply(draft));

    private static bool IsTreeless(CommitInventory commit) => !commit.IsOpen && commit.Tree is null;
}
