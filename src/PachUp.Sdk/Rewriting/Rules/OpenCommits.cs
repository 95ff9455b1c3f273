namespace PachUp.Sdk.Rewriting.Rules;

/// <summary>No pachd can restore an open commit: what was put into it is not in the stream, and nobody finishes it in the target.</summary>
public sealed class OpenCommits : IRule
{
    internal const string OpenCommit = "open-commit";

    private static readonly CommitRemoval Removal = new(OpenCommit, commit => commit.IsOpen, "it is not finished, and no pachd can restore an open commit");

    /// <inheritdoc/>
    public Draft Apply(Draft draft) => Removal.Apply(draft);
}
